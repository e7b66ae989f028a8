import { isObject } from '../domain/values/json.ts';
import { below } from './parameter.ts';
import type { ParameterError } from './problem.ts';
import type { AnyValue, CheckResult, FieldSchema, UnusableItem, Wrong } from './schema.ts';

type ListSchema = FieldSchema & { type: 'array' };

/**
 * Checks a list of a body. Where the contract answers per item, an item that is wrong is kept as an UnusableItem; where
 * none is right, the list may be wrong as a whole.
 */
export const readList = (schema: ListSchema, given: unknown, read: (item: unknown) => CheckResult): CheckResult => {
  const { minItems, maxItems, perItem } = schema;
  if (!Array.isArray(given) || given.length < minItems || given.length > maxItems) {
    return { wrong: `must be a list of ${minItems} to ${maxItems}` };
  }
  const values: AnyValue[] = [];
  const wrong: ParameterError[] = [];
  let right = 0;
  for (const [index, one] of given.entries()) {
    const reading = read(one);
    if ('value' in reading) {
      values.push(reading.value);
      right += 1;
      continue;
    }
    wrong.push(...below(`[${index}]`, reading));
    if (perItem) values.push(unusable(schema.items, one, reading));
  }
  if (wrong.length === 0) return { value: values };
  return perItem === 'always' || (perItem && right > 0) ? { value: values, spoilt: wrong } : { inside: wrong };
};

const unusable = (schema: FieldSchema, given: unknown, wrong: Wrong): UnusableItem => ({
  unusable: below('', wrong).map(({ parameter, message }) => ({ parameter: parameter.replace(/^\./, ''), message })),
  texts: textsOf(schema, given),
});

const textsOf = (schema: FieldSchema, given: unknown): Readonly<Record<string, string>> => {
  if (typeof given === 'string') return textsIn([''], { '': given });
  return schema.type === 'object' && isObject(given) ? textsIn(Object.keys(schema.properties), given) : {};
};

const textsIn = (
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = Object.hasOwn(given, name) ? given[name] : undefined;
      return typeof text === 'string'
        ? [[name, [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST).join('').toWellFormed()]]
        : [];
    }),
  );

/** Characters: of the longest text that an item of such a list may hold, an address. */
const LONGEST = 512;
