/** Reads CSV as defined by RFC 4180 section 2, and nothing else. Throws on invalid CSV. */
export const readCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  const row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [whole, escaped, plain = '', end] = match;
    row.push(escaped?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push(row.splice(0));
    if (match.index + whole.length === text.length) return rows;
  }
  throw new Error('no CSV');
};

/** Its rows, with values by the names in the header row. */
export const recordsOf = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [names = [], ...rows] = readCsv(text);
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
};
