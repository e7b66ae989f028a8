import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { asLegacy } from '../support/legacy-notifications.ts';
import {
  bounceEvent,
  clickEvent,
  complaintEvent,
  delayEvent,
  deliveryEvent,
  failureEvent,
  openEvent,
  rejectEvent,
  sendEvent,
  subscriptionEvent,
} from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

/** The events that lead to each status given by SES alone, in a realistic order of arrival. */
const LIVES = [
  ['sent', [sendEvent]],
  ['deferred', [sendEvent, delayEvent]],
  ['delivered', [delayEvent, deliveryEvent, sendEvent]],
  ['bounced_soft', [deliveryEvent, (of: object) => bounceEvent(of, { type: 'Transient', subtype: 'MailboxFull' })]],
  [
    'bounced_undetermined',
    [sendEvent, (of: object) => bounceEvent(of, { type: 'Undetermined', subtype: 'Undetermined' })],
  ],
  ['bounced_hard', [deliveryEvent, bounceEvent, sendEvent]],
  [
    'suppressed',
    [sendEvent, (of: object) => bounceEvent(of, { subtype: 'OnAccountSuppressionList', evidence: false })],
  ],
  [
    'invalid_address',
    [sendEvent, (of: object) => bounceEvent(of, { subtype: 'EmailValidationSuppressed', evidence: false })],
  ],
  ['rejected', [sendEvent, rejectEvent]],
  ['failed_rendering', [failureEvent, sendEvent]],
  ['opened', [openEvent, deliveryEvent, sendEvent]],
  ['clicked', [clickEvent, openEvent, deliveryEvent]],
  ['unsubscribed', [clickEvent, subscriptionEvent, deliveryEvent]],
  ['complained', [complaintEvent, openEvent, deliveryEvent]],
] as const;

const lifeOf = (status: string) => ({
  messageId: `life-${status}`,
  address: `${status}@example.com`,
  destination: [`Member <${status}@example.com>`],
});

describe.each(engines())('from an SES event to the API, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  let emails = 0;
  beforeAll(async () => {
    local = await aStack(kind);
    await Promise.all(LIVES.map(([status, events]) => local.publish(...events.map((event) => event(lifeOf(status))))));
    await local.settle();
  });
  afterAll(() => local?.stack.stop());

  const anEmail = (more: { tags?: Record<string, string[]>; subject?: string } = {}) => {
    const number = emails++;
    return { messageId: `e2e-${number}`, destination: [`Member <Member${number}@Example.com>`], ...more };
  };
  const addressOf = ({ messageId }: { messageId: string }) => `member${messageId.slice(4)}@example.com`;

  it.each(LIVES)('an email ends as %s', async (status) => {
    const mail = lifeOf(status);

    expect(await local.email(mail.messageId, mail.address)).toMatchObject({ status, sesMessageId: mail.messageId });
  });

  it('an out-of-office reply leaves an email delivered', async () => {
    const mail = anEmail();
    await local.publish(bounceEvent(mail, { type: 'Transient', evidence: false }), deliveryEvent(mail));
    await local.settle();

    expect(await local.email(mail.messageId, addressOf(mail))).toMatchObject({ status: 'delivered' });
  });

  it('returns everything about an email that the front end shows', async () => {
    const mail = anEmail({
      subject: 'October statement',
      tags: { campaign: ['october'], category: ['statement'], season: ['2026'] },
    });
    await local.publish(
      clickEvent(mail),
      openEvent(mail),
      openEvent(mail),
      openEvent(mail, '2026-11-24T12:00:00.000Z', 'Likely'),
      deliveryEvent(mail),
      asLegacy(deliveryEvent(mail)),
      sendEvent(mail),
    );
    await local.settle();
    const email = await local.email(mail.messageId, addressOf(mail), 'clinicsense');

    expect(email).toMatchObject({
      recipient: addressOf(mail),
      status: 'clicked',
      label: 'Clicked',
      native: true,
      group: 'engaged',
      final: false,
      overdue: false,
      subject: 'October statement',
      from: 'office@club.example',
      envelopeSender: 'Office <office@club.example>',
      campaignId: 'october',
      category: 'statement',
      tags: { season: ['2026'] },
      createdAt: '2026-11-24T10:00:01.000Z',
      sentAt: '2026-11-24T10:00:01.000Z',
      opens: 1,
      clicks: 1,
      machineOpens: 1,
      machineClicks: 0,
      bounce: null,
    });
    expect(email.events?.map(({ kind }) => kind)).toEqual(['sent', 'delivered', 'opened', 'clicked', 'opened']);
  });

  it('finds emails by the sender’s own id, and by SES’s', async () => {
    const mail = anEmail({ tags: { 'mailtrail-id': ['statement-1042'] } });
    await local.publish(sendEvent(mail), deliveryEvent(mail));
    await local.settle();

    for (const id of ['statement-1042', mail.messageId]) {
      expect(await local.message(id)).toMatchObject({
        messageId: 'statement-1042',
        sesMessageId: mail.messageId,
      });
    }
  });

  it('attributes opens of a message with several recipients to the message only', async () => {
    const mail = { messageId: 'e2e-several', destination: ['ann.several@example.com', 'bo.several@example.net'] };
    await local.publish(sendEvent(mail), deliveryEvent(mail), openEvent(mail));
    await local.settle();
    const { recipients, unattributed } = await local.message('e2e-several');

    expect(recipients.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    expect(unattributed).toMatchObject({ opens: 1 });
    expect(await local.emailsTo('ann.several@example.com')).toHaveLength(1);
  });

  it('suppresses an address after a hard bounce until a person lifts it', async () => {
    const mail = anEmail();
    await local.publish(bounceEvent(mail));
    await local.settle();

    expect(await local.suppression(addressOf(mail))).toMatchObject({
      reason: 'bounce',
      spellings: [`Member${mail.messageId.slice(4)}@Example.com`],
    });
    expect(await local.lift(addressOf(mail))).toMatchObject({ onSesList: 'pending', remaining: [] });
    await expect(local.suppression(addressOf(mail))).rejects.toMatchObject({ status: 404 });

    await local.publish(bounceEvent(mail));
    await local.settle();
    await expect(local.suppression(addressOf(mail))).rejects.toMatchObject({ status: 404 });
  });

  it('puts a record that cannot be read into its dead-letter queue within 5 seconds, and records the others of its batch', async () => {
    const mail = anEmail();
    const started = Date.now();
    await Promise.all([
      local.call('POST', '/local/sns?topic=bounce', '{"eventType":"Bounce"}'),
      local.publish(bounceEvent(mail)),
    ]);
    const { pending, deadLetters } = await local.settle();
    const { body } = await local.call('GET', '/local/dead-letters');

    expect({ pending, deadLetters }).toEqual({ pending: 0, deadLetters: 1 });
    expect(Date.now() - started).toBeLessThan(5000);
    expect(JSON.stringify(body)).toContain('bounce');
    expect(await local.email(mail.messageId, addressOf(mail))).toMatchObject({ status: 'bounced_hard' });
  });
});
