import { describe, expect, it } from 'vitest';
import { run } from '../local/ses/command.ts';
import { startSmallStack } from '../local/small-stack.ts';

const recount = (...words: string[]) => run('scripts/recount.ts', words);

describe('npm run recount', () => {
  it('prints its usage', async () => {
    const { code, stdout } = await recount('--help');

    expect(code).toBe(0);
    expect(stdout).toContain('usage: npm run recount -- CAMPAIGN');
  });

  it.each([
    ['no campaign', [], 'name a campaign'],
    ['two campaigns', ['october', 'november'], 'one campaign only'],
    ['an unknown option', ['october', '--fast'], '--fast'],
    ['one table of two', ['october', '--emails', 'Emails'], 'go together'],
    ['a local and a deployed stack', ['october', '--emails', 'E', '--campaigns', 'C', '--url', 'http://a'], '--url'],
    ['an invalid wait', ['october', '--emails', 'E', '--campaigns', 'C', '--wait', 'long'], '--wait'],
  ])('rejects %s, and refers to its help', async (_, words, message) => {
    const { code, stderr } = await recount(...words);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('npm run recount -- --help');
  });

  it('reports that no stack is running', async () => {
    const { code, stderr } = await recount('october', '--url', 'http://127.0.0.1:1');

    expect(code).toBe(2);
    expect(stderr).toContain('npm start');
  });

  it('finds the tables of the running stack', async () => {
    const { call, dynamodbEndpoint } = await startSmallStack();

    expect((await call('GET', '/local/tables')).body).toEqual({
      endpoint: dynamodbEndpoint,
      tables: {
        EmailStatus: 'EmailStatus',
        Suppressions: 'Suppressions',
        Campaigns: 'Campaigns',
        Erasures: 'Erasures',
        Mailings: 'Mailings',
        Idempotency: 'Idempotency',
      },
    });
  });
});
