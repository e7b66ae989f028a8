import { readFileSync } from 'node:fs';
import { sep } from 'node:path';

type Counts = Readonly<{ total: number; covered: number }>;
/** By the absolute path of a file; `total` beside them. The format of Istanbul's json-summary. */
type Summary = Readonly<Record<string, Readonly<{ lines: Counts; branches: Counts }>>>;

/**
 * Which part of the lines and branches of `lambdas/domain` and of all of `lambdas` the tests ran, in a line each.
 *
 * @param file a report by Vitest's reporter json-summary
 */
export const linesCovered = (file: string): string => {
  const { total: _, ...files } = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  const lineOf = (folder: string): string => {
    const inside = Object.entries(files).filter(([name]) => name.split(sep).join('/').includes(`/${folder}/`));
    const percent = (kind: 'lines' | 'branches') => {
      const sum = (count: keyof Counts) => inside.reduce((all, [, counts]) => all + counts[kind][count], 0);
      // Rounded down: 100 % means every line.
      return `${Math.floor((sum('covered') / sum('total')) * 1000) / 10} % of ${sum('total')} ${kind}`;
    };
    return `${folder}: ${percent('lines')}, ${percent('branches')}, in ${inside.length} files`;
  };
  return ['lambdas/domain', 'lambdas'].map(lineOf).join('\n');
};
