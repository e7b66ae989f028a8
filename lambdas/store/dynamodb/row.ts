/**
 * Reading rows: a table holds what other versions of this program wrote, so what comes back is checked before it is
 * believed. What a row must have and has not is an error; what it may have and has in another shape is left out.
 */

/** A row that can't be read. The message names the attribute, never a value: values are personal data. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
}

export type Row = Readonly<Record<string, unknown>>;

/** The text a row must have. Throws UnreadableRow. */
export const textOf = (row: Row, attribute: string): string => {
  const value = row[attribute];
  if (typeof value === 'string') return value;
  throw new UnreadableRow(`a row's ${attribute} is no text`);
};

/** The texts in a set or list of a row; none where it has no such attribute. */
export const textsOf = (value: unknown): readonly string[] =>
  value instanceof Set || Array.isArray(value) ? [...value].filter((element) => typeof element === 'string') : [];
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
