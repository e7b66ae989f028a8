import { below } from './parameter.ts';
import type { ParameterError } from './problem.ts';
import type { AnyValue, CheckResult, FieldSchema } from './schema.ts';

/** Parameters as they were given, each name as often as it was. */
export type Given<Text> = readonly (readonly [name: string, value: Text])[];

/**
 * Something that is wrong. `isOfItem` where it spoils one item of a list and not the request; it is named with the
 * others where the request is refused for another reason.
 */
export type CheckedError = ParameterError & Readonly<{ isOfItem?: true }>;

/** The result of checking parameters: values by name, and all errors, in the order of the contract. */
export type Checked = Readonly<{ values: Readonly<Record<string, AnyValue>>; errors: readonly CheckedError[] }>;

/** How one place of a request (path, query, body) is named to the caller, and how its values are read. */
type Place<Text, Schema> = Readonly<{
  whole: string;
  called: string;
  read: (schema: Schema, given: Text) => CheckResult;
}>;

/** Checks what was given against what the contract names: nothing unknown, nothing twice, nothing missing. */
export const checkNamed = <Text, Schema extends FieldSchema>(
  schemas: Readonly<Record<string, Schema>>,
  given: Given<Text>,
  place: Place<Text, Schema>,
): Checked => {
  const values: Record<string, AnyValue> = {};
  const errors: CheckedError[] = [];
  for (const [parameter, schema] of Object.entries(schemas)) {
    const [first, ...more] = given.filter(([name]) => name === parameter);
    if (first === undefined) {
      if (schema.required) errors.push({ parameter, message: 'is missing' });
      values[parameter] = 'default' in schema ? schema.default : undefined;
      continue;
    }
    const reading: CheckResult =
      more.length > 0 ? { wrong: `is given ${more.length + 1} times; give it once` } : place.read(schema, first[1]);
    if (!('value' in reading)) {
      errors.push(...below(parameter, reading));
      continue;
    }
    values[parameter] = reading.value;
    const { spoilt = [] } = reading;
    for (const error of below(parameter, { inside: spoilt })) errors.push({ ...error, isOfItem: true });
  }
  return { values, errors: [...errors, ...unknown(schemas, given, place)] };
};

const unknown = (
  schemas: object,
  given: Given<unknown>,
  { whole, called }: Readonly<{ whole: string; called: string }>,
): readonly ParameterError[] => {
  const names = Object.keys(schemas);
  const right = names.length > 0 ? `known here: ${names.join(', ')}` : 'there is none here';
  const strangers = new Set(given.map(([name]) => name).filter((name) => !Object.hasOwn(schemas, name)));
  // A few of them are enough.
  return [...strangers]
    .slice(0, MOST_STRANGERS)
    .map((name) =>
      SAYABLE.test(name)
        ? { parameter: name, message: `is no known ${called}; ${right}` }
        : { parameter: whole, message: `holds an unknown ${called}; ${right}` },
    );
};

const MOST_STRANGERS = 20;

/** A name of any other kind may be an address that got into the wrong place, and is not repeated. */
const SAYABLE = /^[A-Za-z][\w.-]{0,39}$/;
