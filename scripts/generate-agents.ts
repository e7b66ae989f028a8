// Writes lambdas/domain/ses-events/machine-agents.gen.ts: the patterns of the package isbot by which a user agent says that it is a
// program. Kept as a file because a change of them changes verdicts, so it has to show in a diff. Run it as `npm run generate`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list } from 'isbot';

/** The file of the generated patterns. */
export const GENERATED_AGENTS = join(import.meta.dirname, '../lambdas/domain/ses-events/machine-agents.gen.ts');

/** The source of that file, formatted like all sources. */
export const sourceOfAgents = (): string =>
  [
    '// Made of the package isbot by `npm run generate`. What is not right for email is changed in machine-agents.ts.',
    '',
    '/** Regular expressions, to be matched without regard to case. */',
    'export const ISBOT_PATTERNS: readonly string[] = [',
    ...list.map((pattern) => `  ${literal(pattern)},`),
    '];',
    '',
  ].join('\n');

const literal = (pattern: string): string => {
  if (/['\n\r]/.test(pattern)) throw new Error(`isbot has a pattern with a quote or a line break: ${pattern}`);
  return `'${pattern.replaceAll('\\', '\\\\')}'`;
};

const HELP =
  'Writes lambdas/domain/ses-events/machine-agents.gen.ts from the package isbot.\n\nusage: npm run generate';

if (import.meta.main) {
  if (process.argv.length === 2) writeFileSync(GENERATED_AGENTS, sourceOfAgents());
  else {
    console.log(HELP);
    process.exitCode = /^(--help|-h)$/.test(process.argv[2] ?? '') ? 0 : 2;
  }
}
