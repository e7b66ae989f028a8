/**
 * Reading rows: a table contains rows of other versions of Mailtrail, so each row is validated. A missing required
 * attribute is an error; an optional attribute of another type is left out.
 */

/** Thrown for a row that can't be read. The message names the attribute, never a value: values are personal data. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
}

export type Row = Readonly<Record<string, unknown>>;

/** The text of a required attribute. @throws UnreadableRow if it is missing or no text */
export const textOf = (row: Row, attribute: string): string => {
  const value = row[attribute];
  if (typeof value === 'string') return value;
  throw new UnreadableRow(`a row's ${attribute} is not a string`);
};

/** The texts in a set or list of a row; none if the attribute is absent. */
export const textsOf = (value: unknown): readonly string[] =>
  value instanceof Set || Array.isArray(value) ? [...value].filter((element) => typeof element === 'string') : [];

/** Whether a value is an object, as an item and a map are. */
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
