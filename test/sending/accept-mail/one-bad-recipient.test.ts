import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, named, startAccepting } from './set-up.ts';

const ann = named('ann@example.com');
/** Entries that do not match the contract, and the result of each. */
const BAD: readonly (readonly [name: string, entry: unknown, recipient: string, status: string, reason: RegExp])[] = [
  ['no object', 'bo@example.com', '()', 'invalid_address', /^The recipient must be an object$/],
  ['null', null, '()', 'invalid_address', /^The recipient must be an object$/],
  ['no email', { values: { name: 'Bo' } }, '()', 'invalid_address', /^The recipient's email is missing$/],
  ['a number for an email', { email: 7 }, '()', 'invalid_address', /^The recipient's email must be text/],
  ['null for an email', { email: null }, '()', 'invalid_address', /^The recipient's email is missing/],
  ['an empty email', { email: '' }, '()', 'invalid_address', /email must not be empty$/],
  ['half a character', { email: '\ud800@example.com' }, '\ufffd@example.com', 'invalid_address', /well-formed/],
  ['a long email', { email: `${'b'.repeat(330)}@x.example` }, 'b'.repeat(100), 'invalid_address', /at most 320/],
  [
    'a list of values',
    { email: 'bo@example.com', values: [] },
    'bo@example.com',
    'failed_rendering',
    /values must be an object$/,
  ],
  [
    'a nested value',
    { email: 'bo@example.com', values: { name: { first: 'Bo' } } },
    'bo@example.com',
    'failed_rendering',
    /values must hold only texts/,
  ],
  [
    'a value that is true',
    { email: 'bo@example.com', values: { name: true } },
    'bo@example.com',
    'failed_rendering',
    /values must hold only texts/,
  ],
  [
    'values beyond 8 KB',
    { email: 'bo@example.com', values: { name: 'x'.repeat(9_000) } },
    'bo@example.com',
    'failed_rendering',
    /at most 8192 bytes$/,
  ],
  [
    'an unknown field',
    { email: 'bo@example.com', skpi: 'no balance' },
    'bo@example.com',
    'failed_rendering',
    /^The recipient's skpi is no known field/,
  ],
  ['a skip that is no text', { email: 'bo@example.com', skip: true }, 'bo@example.com', 'skipped', /skip must be text/],
  ['an empty skip', { email: 'bo@example.com', skip: '' }, 'bo@example.com', 'skipped', /skip must not be empty$/],
  [
    'a skip beside bad values',
    { email: 'bo@example.com', skip: 'no balance', values: 7 },
    'bo@example.com',
    'skipped',
    /^no balance$/,
  ],
];

describe.each(engines())('an invalid recipient, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('is recorded with its reason and named by its index, whatever its type, and the others are sent', async () => {
    const { status, body } = await accepting.send({
      preventDuplicates: false,
      recipients: [...ann, ...BAD.map(([, entry]) => entry), ...named('cy@example.com')],
    });

    expect([status, body.recipients, body.byStatus.queued]).toEqual([202, BAD.length + 2, 2]);
    const at = (index: number) => new RegExp(`^recipients\\[${index + 1}\\](\\.\\w+)?$`);
    for (const index of BAD.keys()) {
      expect(body.errors).toContainEqual({
        parameter: expect.stringMatching(at(index)),
        message: expect.any(String),
      });
    }
    const rows = await accepting.emails();
    for (const [index, [, , recipient, bad, reason]] of BAD.entries()) {
      const row = rows.find(({ acceptedAs }) => acceptedAs.endsWith(`#${index + 1}`));
      expect(row).toMatchObject({ recipient, status: bad, reason: expect.stringMatching(reason) });
      expect(row).not.toHaveProperty('values');
    }
  });

  it('is answered in the same way when the request is repeated, and when the stored answer has expired', async () => {
    const request = { sendAt: '2026-11-26T12:00:00Z', recipients: [...ann, { email: 7 }] };
    const first = await accepting.send(request);
    const again = await accepting.send(request);
    const elsewhere = await accepting.send(request, {
      handler: accepting.handlerWith({ getRemainingTimeInMillis: () => 1 } as never, {
        idempotency: async (_, handle) => ({ answer: await handle() }),
      }),
    });

    expect(first.body.errors).toEqual([
      { parameter: 'recipients[1].email', message: 'must be text; leave it out where there is none' },
    ]);
    expect([again, elsewhere]).toEqual([first, first]);
    expect(await accepting.emails()).toHaveLength(2);
  });

  it('does not stop the others when recipients are added', async () => {
    await accepting.send({ needsApproval: true, recipients: ann });
    const { body } = await accepting.add(
      'october',
      [{ email: 'bo@example.com', values: 1 }, ...named('cy@example.com')],
      {
        key: 'k2',
      },
    );

    expect(body.byStatus).toEqual({ failed_rendering: 1, queued: 1 });
    expect(body.errors).toEqual([{ parameter: 'recipients[0].values', message: 'must be an object' }]);
  });

  it('rejects the request if all of them are invalid, or if something else is', async () => {
    const all = await accepting.send({ recipients: [{ mail: 'ann@example.com' }, { email: 7 }] });
    const other = await accepting.send({ campaignId: 'a b', recipients: [...ann, { email: 7 }] });

    expect([all.status, all.body.errors.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
      400,
      ['recipients[0].email', 'recipients[0].mail', 'recipients[1].email'],
    ]);
    expect([other.status, other.body.errors.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
      400,
      ['campaignId', 'recipients[1].email'],
    ]);
    expect(await accepting.emails()).toEqual([]);
  });

  it('is named up to a hundred times: the answer is stored for a day, in an item of 400 KB', async () => {
    const { body } = await accepting.send({ recipients: [...ann, ...Array(4_000).fill({ email: 7 })] });

    expect(body.byStatus).toEqual({ queued: 1, invalid_address: 4_000 });
    expect(body.errors).toHaveLength(101);
    expect(body.errors.at(-1)).toEqual({
      parameter: 'recipients',
      message: 'has 3900 more errors than are named here',
    });
  });

  it('may be a million levels deep', async () => {
    const deep = `${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`;
    const body = JSON.stringify({
      campaignId: 'october',
      from: 'a@club.example',
      subject: 'x',
      text: 'x',
      recipients: [{ email: 'ann@example.com' }, 'DEEP'],
    });
    const { status, body: answer } = await accepting.ask(
      'POST /v1/campaigns',
      body.replace('"DEEP"', `{"email":"bo@example.com","values":{"name":${deep}}}`),
    );

    expect([status, answer.byStatus]).toEqual([202, { queued: 1, failed_rendering: 1 }]);
  });
});
