/**
 * Guards at the edge: what SES published comes in as `unknown` and leaves as something the rest may believe. What they
 * say names fields and shapes, never values: values are addresses and subjects, and the text ends in logs.
 */

/** Why a record can't be read. It is retried and ends in its topic's dead-letter queue, where nothing of it is lost. */
export type UnreadableCode = 'not_json' | 'no_type' | 'no_mail' | 'no_message_id' | 'wrong_shape';

/** Thrown for a record that can't be read; `message` says what is wrong and what would be right. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  readonly code: UnreadableCode;
  constructor(code: UnreadableCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at `path`. Throws UnreadableRecord. */
export const objectAt = (value: unknown, path: string): Json => {
  if (isObject(value)) return value;
  throw wrong(path, value, 'an object');
};

/**
 * The list at `path`; empty where there is none, since SES writes null for what it has not (`complaintSubType` is seen so).
 * @throws UnreadableRecord where something else is there.
 */
export const listAt = (value: unknown, path: string): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw wrong(path, value, 'a list');
};

/** The text at `path`, which must be there. Throws UnreadableRecord. */
export const textAt = (value: unknown, path: string): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(path, value, 'text');
};

/** A detail that may be missing: text that says something, or `undefined`. Other shapes say nothing we could keep. */
export const detail = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** The fields of an object that are there; `undefined` means "SES did not say", and is not stored. */
export const present = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const wrong = (path: string, value: unknown, expected: string) =>
  new UnreadableRecord('wrong_shape', `${path} is ${shapeOf(value)}; SES publishes ${expected} there`);

const shapeOf = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
};

/** Those of the attributes that are of the type; the others are left out. */
export const optional = <Name extends string, Type extends 'string' | 'number'>(
  row: Json,
  type: Type,
  names: readonly Name[],
): Partial<Record<Name, Type extends 'string' ? string : number>> =>
  Object.fromEntries(names.filter((name) => typeof row[name] === type).map((name) => [name, row[name]])) as Partial<
    Record<Name, Type extends 'string' ? string : number>
  >;
