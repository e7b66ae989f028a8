import { DAY, later } from '../domain/values/time.ts';
import { type After, type Filters, readCursor } from './cursor.ts';
import { NO_CURSOR, readParameter } from './parameter.ts';
import type { ParameterError } from './problem.ts';
import type { AnyValue, Operation, Window } from './schema.ts';

/** The parameters of a list that belong to one answer, not to the list: they may change from page to page. */
const OF_ONE_ANSWER = ['limit', 'cursor', 'vocabulary'];

/** A requested list: its filters in force, and where the previous page ended. */
export type ListQuery = Readonly<{
  values: Readonly<Record<string, AnyValue>>;
  filters: Filters;
  after: After | undefined;
  errors: readonly ParameterError[];
}>;

/**
 * Resolves the filters of a list: a cursor contains its own, and filters given with it must not differ. A window is
 * resolved once, by the clock of the first page (`now`, ISO 8601), so that no page is of another.
 */
export const resolveList = (
  { query: schemas, window }: Operation,
  given: Readonly<Record<string, AnyValue>>,
  { list, now }: Readonly<{ list: string; now: string }>,
): ListQuery => {
  const names = Object.keys(schemas).filter((name) => !OF_ONE_ANSWER.includes(name));
  const filtersOf = (values: Readonly<Record<string, AnyValue>>): Filters =>
    Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])]])));
  if (typeof given.cursor !== 'string') {
    const values = { ...given, ...(window && windowOf(given, window, now)) };
    return { values, filters: filtersOf(values), after: undefined, errors: outOfOrder(values, window) };
  }
  const cursor = readCursor(list, given.cursor);
  const kept = cursor && valuesOf(schemas, cursor.filters, names);
  if (cursor === undefined || kept === undefined || !isWhole(kept, window)) {
    return { values: given, filters: {}, after: undefined, errors: [{ parameter: 'cursor', message: NO_CURSOR }] };
  }
  const beside = filtersOf(given);
  const errors = Object.keys(beside)
    .filter((name) => beside[name] !== cursor.filters[name])
    .map((parameter) => ({ parameter, message: 'differs from what the cursor was made with; leave one of them out' }));
  return { values: { ...given, ...kept }, filters: cursor.filters, after: cursor.after, errors };
};

/** The window in force; by default it ends now and begins the default number of days before its end. */
const windowOf = ({ from, to }: Readonly<Record<string, AnyValue>>, window: Window, now: string) => {
  const end = typeof to === 'string' ? to : now;
  const begin = later(end, -window.default * DAY);
  // Before the year 0 times no longer compare as text.
  return { from: from ?? (begin < EARLIEST ? EARLIEST : begin), to: end };
};

const EARLIEST = '0000-01-01T00:00:00.000Z';

// Anybody can compute a checksum, so what a cursor brings is checked as if it had been given.
const valuesOf = (schemas: Operation['query'], filters: Filters, names: readonly string[]) => {
  const values: Record<string, AnyValue> = {};
  for (const [name, text] of Object.entries(filters)) {
    const schema = names.includes(name) ? schemas[name] : undefined;
    const reading = schema && readParameter(schema, text);
    if (reading === undefined || !('value' in reading)) return undefined;
    values[name] = reading.value;
  }
  return values;
};

const isWhole = (values: Readonly<Record<string, AnyValue>>, window: Window | undefined): boolean =>
  outOfOrder(values, window).length === 0 &&
  (window === undefined || (values.from !== undefined && values.to !== undefined));

const outOfOrder = (
  { from, to }: Readonly<Record<string, AnyValue>>,
  window: Window | undefined,
): readonly ParameterError[] => {
  if (typeof from !== 'string' || typeof to !== 'string') return [];
  if (from >= to) return [{ parameter: 'to', message: window ? `${LATER}; it is now unless given` : LATER }];
  if (window === undefined || Date.parse(to) - Date.parse(from) <= window.most * DAY) return [];
  return [{ parameter: 'from', message: `must be at most ${window.most} days before to, which is now unless given` }];
};

const LATER = 'must be later than from';
