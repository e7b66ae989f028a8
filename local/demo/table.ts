/**
 * A table in plain text: columns are as wide as their content; the last one wraps to what is left of `width`, but is
 * never narrower than 20 characters.
 */
export const table = (header: readonly string[], rows: readonly (readonly string[])[], width: number): string => {
  const all = [header, ...rows];
  const widths = header.slice(0, -1).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const before = widths.reduce((sum, one) => sum + one + GAP.length, 0);
  const lastWidth = Math.max(width - before, 20);
  const lines = (row: readonly string[]) =>
    wrap(row.at(-1) ?? '', lastWidth).map((last, index) => {
      const cells = widths.map((one, column) => (index === 0 ? (row[column] ?? '') : '').padEnd(one));
      return [...cells, last].join(GAP).trimEnd();
    });
  const rule = [...widths, Math.min(lastWidth, longest(all, lastWidth))].map((one) => '─'.repeat(one)).join(GAP);
  return [...lines(header), rule, ...rows.flatMap(lines)].join('\n');
};

const GAP = '  ';

const longest = (rows: readonly (readonly string[])[], width: number): number =>
  Math.max(...rows.flatMap((row) => wrap(row.at(-1) ?? '', width)).map(({ length }) => length));

const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};
