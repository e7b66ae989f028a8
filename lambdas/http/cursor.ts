import { digest } from '../domain/values/digest.ts';
import { isObject } from '../domain/values/json.ts';

/** The last key consumed of each shard of a list, by the shard's number; a list that is not spread has shard 0. */
export type After = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The filters of a list as they were resolved, as texts a parameter could have. */
export type Filters = Readonly<Record<string, string>>;

/** Where a list continues. */
export type Cursor = Readonly<{ after: After; filters: Filters }>;

/**
 * Writes a cursor: opaque to callers, with a checksum by which an altered one is found. `list` names the list it is for
 * and is in the checksum only, so that a cursor holds no more personal data than it must.
 */
export const writeCursor = (list: string, { after, filters }: Cursor): string => {
  const sum = digest(JSON.stringify([list, after, filters]));
  return Buffer.from(JSON.stringify({ after, filters, sum })).toString('base64url');
};

/** Reads a cursor of this list; `undefined` if it is altered, of another list or not a cursor. */
export const readCursor = (list: string, text: string): Cursor | undefined => {
  const { after, filters } = parse(text) ?? {};
  if (!isObject(after) || !Object.values(after).every(isTexts) || !isTexts(filters)) return undefined;
  const cursor = { after: after as After, filters };
  // Compared whole: base64 and JSON both have several encodings of the same value, and only one of them was issued.
  return writeCursor(list, cursor) === text ? cursor : undefined;
};

const parse = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');
