import { isObject } from '../domain/values/json.ts';
import type { CheckResult, MapSchema } from './schema.ts';

/**
 * Checks texts and numbers by names of the caller's choice. Errors name it as a whole: names are the caller's own, and
 * may be anything. In the order of the names, so that equal maps are equal.
 */
export const readMap = ({ maxProperties, names, mostBytes }: MapSchema, given: unknown): CheckResult => {
  if (!isObject(given)) return { wrong: 'must be an object' };
  const fields = Object.entries(given);
  if (fields.length > maxProperties) return { wrong: `must have at most ${maxProperties} fields` };
  const isName = new RegExp(names);
  if (!fields.every(([name]) => isName.test(name))) return { wrong: `must have field names that match ${names}` };
  // A value that an export left empty, as though it was not there.
  const entries = fields.filter(([, value]) => value !== null);
  if (!entries.every(([, value]) => isMapped(value))) {
    return { wrong: `must hold only texts, null, and numbers from -${MOST} to ${MOST}; send a larger one as text` };
  }
  const map = Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return Buffer.byteLength(JSON.stringify(map)) > mostBytes
    ? { wrong: `must have at most ${mostBytes} bytes` }
    : { value: map as Readonly<Record<string, string | number>> };
};

// Beyond it a number loses precision, and the SDK rejects it after everything else was accepted.
const MOST = Number.MAX_SAFE_INTEGER;

// What is closer to 0 DynamoDB has no number for.
const isMapped = (value: unknown): boolean =>
  typeof value === 'number'
    ? value === 0 || (Math.abs(value) >= 1e-100 && Math.abs(value) <= MOST)
    : typeof value === 'string' && value.isWellFormed();
