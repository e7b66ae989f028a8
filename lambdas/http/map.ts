import { isObject } from './body.ts';
import type { MapSchema } from './contract.ts';
import type { Reading } from './parameter.ts';

/** Checks texts and numbers by names of the caller's choice. Errors name it as a whole: names are the caller's own, and may be anything. In the order of the names, so that equal maps are equal. */
export const readMap = ({ maxProperties, names, mostBytes }: MapSchema, given: unknown): Reading => {
  if (!isObject(given)) return { wrong: 'must be an object' };
  const entries = Object.entries(given);
  if (entries.length > maxProperties) return { wrong: `must have at most ${maxProperties} fields` };
  const isName = new RegExp(names);
  if (!entries.every(([name]) => isName.test(name))) return { wrong: `must have field names that match ${names}` };
  if (!entries.every(([, value]) => isMapped(value))) {
    return { wrong: `must hold only texts, and numbers from -${MOST} to ${MOST}; send a larger one as text` };
  }
  if (Buffer.byteLength(JSON.stringify(given)) > mostBytes) return { wrong: `must have at most ${mostBytes} bytes` };
  return { value: Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1))) };
};

// Beyond it a number is not the one that was written any more, and the SDK refuses it after everything else was taken.
const MOST = Number.MAX_SAFE_INTEGER;

// What is closer to 0 DynamoDB has no number for.
const isMapped = (value: unknown): boolean =>
  typeof value === 'number'
    ? value === 0 || (Math.abs(value) >= 1e-100 && Math.abs(value) <= MOST)
    : typeof value === 'string' && value.isWellFormed();
