import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outgoingEmails } from '../../../lambdas/store/emails/outgoing-emails.ts';
import { engines } from '../../support/engine.ts';
import { later, NOW } from '../accept-mail/set-up.ts';
import { CHECK, type Recovering, startRecovering } from './recovering.ts';

describe.each(engines())('a single message whose queue message is lost, on $name', ({ endpoint }) => {
  let on: Recovering;
  beforeEach(async () => {
    on = await startRecovering(endpoint);
  });
  afterEach(() => on.drop());

  const row = async () => (await on.emails())[0];
  const sweepAt = async (milliseconds: number) => {
    on.purge();
    on.at(milliseconds);
    for (const _ of [1, 2]) await on.sweep();
    return on.to.emails;
  };

  it('is queued again after twenty minutes, and again when it has waited twice as long', async () => {
    const { body } = await on.accepting.message({});
    const again = [{ mailingId: `~${body.messageId}`, messageId: body.messageId }];

    expect(await sweepAt(CHECK - 1)).toEqual([]);
    expect(await sweepAt(CHECK)).toEqual(again);
    expect(await sweepAt(2 * CHECK - 1)).toEqual([]);
    expect(await sweepAt(2 * CHECK)).toEqual(again);
    expect(await sweepAt(4 * CHECK - 1)).toEqual([]);
    expect(await sweepAt(4 * CHECK)).toEqual(again);
    expect(await row()).toMatchObject({ status: 'queued', rank: 40, statusAt: NOW });
  });

  it('is queued although its request was interrupted, and not repeated', async () => {
    // A request to SES for one identity comes before the one to SQS.
    on.accepting.outside.fault = { at: 1, moment: 'before it was taken' };
    expect((await on.accepting.message({})).status).toBe(500);
    on.accepting.outside.fault = undefined;

    expect(await sweepAt(CHECK)).toHaveLength(1);
  });

  it('is not read or written while its queue is long', async () => {
    await on.accepting.message({});
    on.lengths.messages = 1_001;
    on.at(CHECK);
    await on.sweep();
    const before = on.accepting.requests.length;
    await on.sweep();

    expect(on.to.emails).toEqual([]);
    expect(on.accepting.requests.slice(before)).not.toContain('BatchGetItemCommand');
    expect(on.accepting.requests.slice(before)).not.toContain('UpdateItemCommand');
    on.lengths.messages = 1_000;
    await on.sweep();
    expect(on.to.emails).toHaveLength(1);
  });

  it.each(['throttled', 'released'] as const)(
    'is found where it was %s by its sender, by the time of that',
    async (how) => {
      await on.accepting.message({});
      const emails = outgoingEmails(on.accepting.documents, on.accepting.tables.emailStatus);
      const email = await row();
      if (how === 'throttled') await emails.throttle(email, later(1_000));
      else {
        await emails.claim(email, later(500));
        await emails.release(email, 'queued', later(1_000));
      }

      expect(await sweepAt(CHECK)).toEqual([]);
      expect(await sweepAt(CHECK + 1_000)).toHaveLength(1);
    },
  );

  it('is not found by this time once it was sent, rejected, or is being sent', async () => {
    const emails = outgoingEmails(on.accepting.documents, on.accepting.tables.emailStatus);
    for (const key of ['k1', 'k2', 'k3']) await on.accepting.message({ email: `${key}@example.com` }, { key });
    const [sent, refused, claimed] = await on.emails();
    await emails.claim(sent, later(1_000));
    await emails.sent(sent, 'ses-1', later(2_000));
    await emails.refuse(refused, { status: 'expired' }, later(1_000));
    await emails.claim(claimed, later(CHECK));

    expect(await sweepAt(CHECK)).toEqual([]);
    const [one, other] = await on.emails();
    for (const gone of ['wakeAt', 'wakeShard']) {
      expect(one).not.toHaveProperty(gone);
      expect(other).not.toHaveProperty(gone);
    }
  });

  it('has no such time if it is not to be sent', async () => {
    await on.accepting.message({ values: {} });

    expect(await row()).toMatchObject({ status: 'failed_rendering' });
    expect(await row()).not.toHaveProperty('wakeAt');
  });

  it('that a version without such a time accepted is sent by its queue message, and has one from its first wait on', async () => {
    await on.accepting.message({});
    await on.become('queued');
    expect(await row()).not.toHaveProperty('wakeAt');
    expect(await sweepAt(CHECK)).toEqual([]);
    const emails = outgoingEmails(on.accepting.documents, on.accepting.tables.emailStatus);

    await emails.throttle(await row(), later(CHECK));
    expect(await sweepAt(2 * CHECK)).toHaveLength(1);
  });
});
