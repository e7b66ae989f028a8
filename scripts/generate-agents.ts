// Writes lambdas/domain/ses-events/machine-agents.gen.ts: isbot's patterns for user agents of programs. They are
// committed because a change in them changes results, and must be visible in a diff. Run it with `npm run generate`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list } from 'isbot';

/** The path of the generated file. */
export const GENERATED_AGENTS = join(import.meta.dirname, '../lambdas/domain/ses-events/machine-agents.gen.ts');

/** The source of that file, formatted like all sources. */
export const sourceOfAgents = (): string =>
  [
    '// Generated from the package isbot by `npm run generate`. Exceptions for email are in machine-agents.ts.',
    '',
    '/** Regular expressions, to be matched case-insensitively. */',
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
