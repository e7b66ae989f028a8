import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, named, startAccepting } from './set-up.ts';

const HOUR = 3_600_000;

describe.each(engines())('a key, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('gives the same answer for the same body, and has an effect once', async () => {
    const recipients = named('ann@example.com');
    const first = await accepting.send({ recipients });
    accepting.sent.splice(0);
    const writes = accepting.requests.length;
    const again = await accepting.send({ recipients });

    expect(again).toEqual(first);
    expect([accepting.sent, accepting.requests.slice(writes)]).toEqual([[], ['PutItemCommand']]);
  });

  it('is rejected with another body: while its answer is stored, and after an interrupted request', async () => {
    await accepting.send({ recipients: named('ann@example.com') });
    const other = await accepting.send({ recipients: named('bo@example.com') });
    accepting.failing(3);
    await accepting.send({ campaignId: 'broken', recipients: named('ann@example.com') }, { key: 'k2' });
    accepting.failing(undefined);
    const afterwards = await accepting.send(
      { campaignId: 'broken', recipients: named('bo@example.com') },
      { key: 'k2' },
    );

    for (const { status, body } of [other, afterwards]) {
      expect([status, body.type]).toEqual([409, 'urn:mailtrail:problem:idempotency-key-reused']);
    }
    expect((await accepting.emails()).map(({ recipient }) => recipient)).toEqual(['ann@example.com']);
  });

  it('belongs to a caller and a path', async () => {
    const one = await accepting.message({}, { caller: 'one' });
    const two = await accepting.message({}, { caller: 'two' });
    await accepting.send({ needsApproval: true, recipients: named('ann@example.com') }, { caller: 'one' });
    const more = await accepting.add('october', named('bo@example.com'), { caller: 'one' });

    expect(one.body.messageId).not.toBe(two.body.messageId);
    expect([more.status, more.body.byStatus]).toEqual([202, { queued: 1 }]);
    expect(await accepting.emails()).toHaveLength(4);
  });

  it('is handled once of two concurrent requests, and the other is answered to wait', async () => {
    const slow = accepting.handlerWith({ getRemainingTimeInMillis: () => 29_000 } as never);
    const answers = await Promise.all(
      [1, 2, 3].map(() => accepting.send({ recipients: named('ann@example.com') }, { handler: slow })),
    );
    const told = answers.map(({ status, body }) => body.type ?? status);

    expect(told.filter((answer) => answer === 202)).toHaveLength(1);
    expect(told.filter((answer) => answer === 'urn:mailtrail:problem:in-progress')).toHaveLength(2);
    expect(await accepting.emails()).toHaveLength(1);
  });

  it.each([null, '', 'k'.repeat(65), 'a b', 'käy', 'k,k'])('is not %j', async (key) => {
    const { status, body } = await accepting.send({ recipients: named('ann@example.com') }, { key });

    expect([status, body.errors?.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
      400,
      ['idempotency-key'],
    ]);
  });

  it('of concurrent requests adds all their recipients, each address once, and starts once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 }), {
          minLength: 2,
          maxLength: 5,
        }),
        async (many) => {
          const campaignId = `c${accepting.clock.now.replace(/\D/g, '')}`;
          accepting.clock.now = new Date(Date.parse(accepting.clock.now) + 1).toISOString();
          accepting.sent.splice(0);
          const at = accepting.clock.now;
          const sendAt = new Date(Date.parse(at) + HOUR).toISOString();
          await accepting.send({ campaignId, sendAt, recipients: named('first@example.com') }, { key: campaignId });
          const context = { getRemainingTimeInMillis: () => 29_000 } as never;
          accepting.clock.now = sendAt;
          const answers = await Promise.all(
            many.map((names, index) =>
              accepting.add(campaignId, named(...names.map((name) => `${name}@example.com`)), {
                key: `k${index}`,
                handler: accepting.handlerWith(context),
              }),
            ),
          );
          accepting.clock.now = at;
          // Requests after the start are rejected completely.
          const taken = many.filter((_, index) => answers[index]?.status === 202);
          for (const { status } of answers) expect([202, 409]).toContain(status);
          const rows = (await accepting.emails()).filter((row) => row.campaignId === campaignId);
          const queued = rows.filter(({ status }) => status === 'queued').map(({ recipient }) => recipient);

          expect(rows).toHaveLength(1 + taken.flat().length);
          expect(queued).toEqual(['first', ...new Set(taken.flat())].map((name) => `${name}@example.com`).sort());
          const { plan } = await accepting.parts(campaignId);
          expect(plan).toMatchObject({ state: 'started', recipients: rows.length });
          expect(accepting.sent.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
