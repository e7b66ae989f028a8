import type { AnyValue, ParameterSchemas } from './contract.ts';
import { type After, type Filters, readCursor } from './cursor.ts';
import { NO_CURSOR, readParameter } from './parameter.ts';
import type { ParameterError } from './problem.ts';

/** The parameters of a list that belong to one answer, not to the list: they may change from page to page. */
const OF_ONE_ANSWER = ['limit', 'cursor', 'vocabulary'];

/** A list as it was asked for: its filters in force, and where the page before ended. */
export type ListAsked = Readonly<{
  values: Readonly<Record<string, AnyValue>>;
  filters: Filters;
  after: After | undefined;
  errors: readonly ParameterError[];
}>;

/** Resolves the filters of a list: a cursor brings its own along, and what is given beside it must not differ. */
export const resolveList = (
  schemas: ParameterSchemas,
  values: Readonly<Record<string, AnyValue>>,
  list: string,
): ListAsked => {
  const names = Object.keys(schemas).filter((name) => !OF_ONE_ANSWER.includes(name));
  const given = Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])]])),
  );
  if (typeof values.cursor !== 'string') {
    return { values, filters: given, after: undefined, errors: outOfOrder(values) };
  }
  const cursor = readCursor(list, values.cursor);
  const kept = cursor && valuesOf(schemas, cursor.filters, names);
  if (cursor === undefined || kept === undefined) {
    return { values, filters: given, after: undefined, errors: [{ parameter: 'cursor', message: NO_CURSOR }] };
  }
  const errors = Object.keys(given)
    .filter((name) => given[name] !== cursor.filters[name])
    .map((parameter) => ({ parameter, message: 'differs from what the cursor was made with; leave one of them out' }));
  return { values: { ...values, ...kept }, filters: cursor.filters, after: cursor.after, errors };
};

// Anybody can compute a checksum, so what a cursor brings is checked as if it had been given.
const valuesOf = (schemas: ParameterSchemas, filters: Filters, names: readonly string[]) => {
  const values: Record<string, AnyValue> = {};
  for (const [name, text] of Object.entries(filters)) {
    const schema = names.includes(name) ? schemas[name] : undefined;
    const reading = schema && readParameter(schema, text);
    if (reading === undefined || 'wrong' in reading) return undefined;
    values[name] = reading.value;
  }
  return outOfOrder(values).length > 0 ? undefined : values;
};

const outOfOrder = ({ from, to }: Readonly<Record<string, AnyValue>>): readonly ParameterError[] =>
  typeof from === 'string' && typeof to === 'string' && from >= to
    ? [{ parameter: 'to', message: 'must be later than from' }]
    : [];
