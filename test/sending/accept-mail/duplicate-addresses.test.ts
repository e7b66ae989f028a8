import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emailId } from '../../../lambdas/domain/values/digest.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, NOW, named, startAccepting } from './set-up.ts';

const HOUR = 3_600_000;
const cause = { at: later(-HOUR), source: 'api' };
const withoutName = (email: string) => ({ email, values: {} });

describe.each(engines())('the shared id of an address in a campaign, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('is left to the next email in the same request if a value is missing', async () => {
    const { body } = await accepting.send({
      recipients: [withoutName('ann@example.com'), ...named('Ann@example.com', 'ann@example.com')],
    });

    expect(body.byStatus).toEqual({ failed_rendering: 1, queued: 1, canceled_duplicate: 1 });
  });

  it('is left to a later request by an email that is not sent: for a value, a suppression, an address, an expiry', async () => {
    await accepting.suppress({ address: 'bo@example.com', manual: cause });
    await accepting.send({
      needsApproval: true,
      recipients: [withoutName('ann@example.com'), ...named('bo@example.com'), { email: 'cy@example.com', values: 7 }],
    });
    await accepting.suppress({ address: 'bo@example.com', manual: cause, manualEndedAt: later(-1) });
    const more = await accepting.add('october', named('ann@example.com', 'bo@example.com', 'cy@example.com'), {
      key: 'k2',
    });
    const again = await accepting.add('october', named('ann@example.com', 'bo@example.com', 'cy@example.com'), {
      key: 'k3',
    });

    expect(more.body.byStatus).toEqual({ queued: 3 });
    expect(again.body.byStatus).toEqual({ canceled_duplicate: 3 });
  });

  it('is not free again after an email was rejected right before it was sent', async () => {
    await accepting.send({ needsApproval: true, recipients: named('ann@example.com') });
    const [row] = await accepting.emails();
    await accepting.put({
      ...row,
      status: 'suppressed',
      rank: 75,
      statusAt: later(5),
      spellings: new Set(row.spellings),
    });
    const { body } = await accepting.add('october', named('ann@example.com'), { key: 'k2' });

    expect(body.byStatus).toEqual({ canceled_duplicate: 1 });
  });

  it('stays taken by an email that an earlier version rejected under it', async () => {
    await accepting.send({ needsApproval: true, recipients: named('ann@example.com') });
    const [row] = await accepting.emails();
    const { values: _, ...old } = row;
    await accepting.put({
      ...old,
      status: 'failed_rendering',
      rank: 77,
      reason: 'name',
      spellings: new Set(row.spellings),
    });
    const { body } = await accepting.add('october', named('ann@example.com'), { key: 'k2' });

    expect(body.byStatus).toEqual({ canceled_duplicate: 1 });
  });

  const CHANGES = ['suppressed', 'lifted'] as const;
  it.each([6, 30].flatMap((size) => CHANGES.map((change) => [size, change] as const)))(
    'of %i is taken once however a request was interrupted, though it was %s before the repeat',
    async (size, change) => {
      const emails = Array.from({ length: size }, (_, n) => `m${n % Math.ceil(size / 2)}@example.com`);
      const recipients = [...named(...emails), withoutName('m0@example.com')];
      const suppress = (isLifted: boolean) =>
        Promise.all(
          [0, 1].map((n) =>
            accepting.suppress({
              address: `m${n}@example.com`,
              manual: cause,
              ...(isLifted && { manualEndedAt: later(-1) }),
            }),
          ),
        );
      let campaign = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.nat(size + 12),
          fc.constantFrom('before it was taken', 'after it was taken'),
          async (at, moment) => {
            const campaignId = `c${campaign++}`;
            const send = () => accepting.send({ campaignId, recipients }, { key: campaignId });
            await suppress(change === 'suppressed');
            accepting.sent.splice(0);
            accepting.failing(at, moment as never);
            const broken = await send();
            accepting.failing(undefined);
            await suppress(change !== 'suppressed');
            await new Promise((resolve) => setTimeout(resolve, 3));
            const { status, body } = broken.status === 500 ? await send() : broken;

            expect(status).toBe(202);
            const rows = (await accepting.emails()).filter((row) => row.campaignId === campaignId);
            const counts = Object.fromEntries(
              [...Map.groupBy(rows, (row) => row.status)].map(([name, all]) => [name, all.length]),
            );
            // One row for each entry, as in the answer, and at most one email to an address is sent.
            expect(rows.map(({ acceptedAs }) => Number(acceptedAs.split('#')[1])).toSorted((a, b) => a - b)).toEqual([
              ...recipients.keys(),
            ]);
            expect(body.byStatus).toEqual(counts);
            const queued = rows.filter((row) => row.status === 'queued');
            expect(new Set(queued.map(({ recipient }) => recipient)).size).toBe(queued.length);
            const pages = Object.entries(await accepting.parts(campaignId)).filter(([part]) =>
              part.startsWith('page#'),
            );
            expect(pages.flatMap(([, page]) => page.ids).toSorted()).toEqual(
              queued.map(({ messageId }) => messageId).toSorted(),
            );
          },
        ),
        { numRuns: 12 },
      );
    },
    300_000,
  );

  it('is taken once by concurrent requests, in conflicting transactions', async () => {
    await accepting.send({ needsApproval: true, recipients: named('first@example.com') });
    const emails = Array.from({ length: 150 }, (_, n) => `m${n}@example.com`);
    const handler = accepting.handlerWith({ getRemainingTimeInMillis: () => 29_000 } as never);
    const answers = await Promise.all(
      [emails, emails.toReversed(), emails.slice(40)].map((some, n) =>
        accepting.add('october', named(...some), { key: `k${n}`, handler }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const rows = (await accepting.emails()).filter(({ recipient }) => recipient !== 'first@example.com');
    const queued = rows.filter(({ status }) => status === 'queued').map(({ recipient }) => recipient);
    expect([rows.length, queued.length, new Set(queued).size]).toEqual([410, 150, 150]);
  });

  it('is kept by a request of an earlier version, whose rejected emails have it', async () => {
    await accepting.suppress({ address: 'bo@example.com', manual: cause });
    const recipients = [...named('ann@example.com', 'bo@example.com'), withoutName('bo@example.com')];
    // The request and its content are stored, and then the suppressions are read.
    accepting.failing(7);
    expect((await accepting.send({ recipients })).status).toBe(500);
    accepting.failing(undefined);
    const { plan } = await accepting.parts();
    const [requestKey] = plan.openCalls;
    const old = {
      ...{
        messageId: emailId(plan.salt, 'october', 'bo@example.com'),
        recipient: 'bo@example.com',
        campaignId: 'october',
      },
      ...{
        status: 'suppressed',
        rank: 75,
        reason: 'manual',
        acceptedAs: `${requestKey}#1`,
        createdAt: NOW,
        statusAt: NOW,
      },
    };
    await accepting.put(old);
    await accepting.suppress({ address: 'bo@example.com', manual: cause, manualEndedAt: later(-1) });
    await new Promise((resolve) => setTimeout(resolve, 3));
    const { status, body } = await accepting.send({ recipients });

    expect([status, body.byStatus]).toEqual([202, { queued: 1, suppressed: 1, canceled_duplicate: 1 }]);
    const rows = await accepting.emails();
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual(old);
  });
});
