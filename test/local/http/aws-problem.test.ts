import { describe, expect, it } from 'vitest';
import { run } from '../ses/command.ts';

/** A machine where nobody has set up AWS, whichever this is. */
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
    ['region', {}, 'no AWS region is known: name it in AWS_REGION'],
    ['credentials', { AWS_REGION: 'eu-west-1' }, 'no AWS credentials: sign in, or name a profile in AWS_PROFILE'],
  ])('says what is missing without %s, and ends with 2', async (_, known, said) => {
    const { code, stderr } = await run(script, words, { ...NOTHING, ...known });

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});
