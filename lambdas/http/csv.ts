/** The columns of a list in CSV: names of fields of its items, `bounce.type` for a field within a field. */
export type Columns = readonly string[];

/**
 * Items as CSV: RFC 4180, a header row, lines that end in CR LF. What is null or missing is an empty cell, what is a
 * list or an object is JSON. Cells are escaped, so that no spreadsheet runs a value as a formula.
 */
export const toCsv = (columns: Columns, items: readonly object[]): string =>
  [columns, ...items.map((item) => columns.map((column) => textOf(at(item, column))))]
    .map((row) => row.map((cell) => quoted(defused(cell))).join(','))
    .map((line) => `${line}\r\n`)
    .join('');

const at = (item: object, column: string): unknown =>
  column.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], item);

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/**
 * An apostrophe precedes what a spreadsheet treats as a formula at the beginning of a cell (OWASP, CSV Injection: = + -
 * @, the same in full width, tab, CR, LF). Where the list separator is `;`, as in much of Europe, a cell of ours can be
 * cut at one, so what follows a separator counts as a beginning too.
 */
const defused = (cell: string): string => cell.replace(BEGINNING, "'");

const BEGINNING = /(?<=^|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠]|[\t\r\n])/g;

const quoted = (cell: string): string => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
