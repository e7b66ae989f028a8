import { describe, expect, it } from 'vitest';
import { run } from '../ses/command.ts';

/** An environment without any AWS settings, whatever this machine has. */
const NOTHING = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

describe.each([
  ['redrive', 'scripts/redrive.ts', ['--show']],
  ['import-suppressions', 'scripts/import-suppressions.ts', ['--function', 'Import']],
  ['recount', 'scripts/recount.ts', ['october', '--emails', 'E', '--campaigns', 'C', '--wait', '0']],
])('npm run %s, against a deployed stack', (_, script, words) => {
  it.each([
    ['region', {}, 'no AWS region: set AWS_REGION'],
    ['credentials', { AWS_REGION: 'eu-west-1' }, 'no AWS credentials: sign in, or set AWS_PROFILE'],
  ])('names what is missing without %s, and ends with 2', async (_, known, message) => {
    const { code, stderr } = await run(script, words, { ...NOTHING, ...known });

    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
