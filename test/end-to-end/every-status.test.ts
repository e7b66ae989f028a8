import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STATUS_NAMES, type Status } from '../../lambdas/domain/status/statuses.ts';
import { VOCABULARIES } from '../../lambdas/domain/status/vocabulary.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const FROM = 'Office <office@club.example>';
const LATER = new Date(Date.now() + 86_400_000).toISOString();

/** Each status of the status model, reached by its real cause through public interfaces. */
describe.each(engines())('an email, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  const reached = new Map<Status, Readonly<{ messageId: string; recipient: string }>>();
  let mails = 0;
  beforeAll(async () => {
    local = await aStack(kind);
  });
  afterEach(async () => {
    await local.setSes({ account: null, max24HourSend: null, throttle: null, fail: null, hang: null });
  });
  afterAll(() => local?.stack.stop());

  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `key-${mails++}` };
    const { status, text } = await local.send('POST', path, { body: JSON.stringify(body), headers });
    expect([path, status, status < 300 ? '' : text]).toEqual([path, expect.any(Number), '']);
    return JSON.parse(text);
  };
  /** A campaign to one or more members; returns the current state of its emails. */
  const campaign = async (recipients: readonly object[], more: object = {}) => {
    const campaignId = `campaign-${mails++}`;
    const content = { subject: 'Hello', html: '<p>{{name}} <a href="https://club.example/">us</a></p>' };
    await post('/v1/campaigns', { campaignId, category: 'news', from: FROM, ...content, recipients, ...more });
    return campaignId;
  };
  const emailsOf = async (campaignId: string) =>
    (await local.call('GET', `/v1/campaigns/${campaignId}/recipients`)).body.items as readonly {
      messageId: string;
      recipient: string;
      status: Status;
      reason: string | null;
    }[];
  /** Waits until an email of a campaign has the status, and remembers it. */
  const reaches = async (status: Status, campaignId: string) => {
    for (let tries = 0; tries < 1_600; tries++) {
      const found = (await emailsOf(campaignId)).find((email) => email.status === status);
      if (found !== undefined) {
        reached.set(status, found);
        return found;
      }
      await wait(25);
    }
    throw new Error(
      `none of ${JSON.stringify((await emailsOf(campaignId)).map((email) => email.status))} is ${status}`,
    );
  };
  const ann = (address = `ann${mails++}@example.com`) => ({ email: address, values: { name: 'Ann' } });
  /** An email of another sender, with this event from SES. */
  const reported = async (status: Status, event: (of: { messageId: string; destination: string[] }) => string) => {
    const mail = { messageId: `reported-${mails++}`, destination: ['bo@example.com'] };
    await local.publish(event(mail));
    await local.settle();
    expect((await local.email(mail.messageId, 'bo@example.com')).status).toBe(status);
    reached.set(status, { messageId: mail.messageId, recipient: 'bo@example.com' });
  };

  it('waits for its time, for approval, and for its time after approval', async () => {
    await reaches('planned', await campaign([ann()], { sendAt: LATER }));
    const held = await campaign([ann()], { needsApproval: true, sendAt: LATER });
    await reaches('pending_approval', held);
    await post(`/v1/campaigns/${held}/approve`, {});
    await reaches('approved', held);
  });

  it('is canceled, quarantined, or expired', async () => {
    const canceled = await campaign([ann()], { sendAt: LATER });
    await post(`/v1/campaigns/${canceled}/cancel`, {});
    await reaches('canceled', canceled);
    const refused = await campaign([ann()], { needsApproval: true });
    await post(`/v1/campaigns/${refused}/quarantine`, {});
    await reaches('quarantined', refused);
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    await reaches('expired', await campaign([ann()], { needsApproval: true, expiresAt }));
  });

  it('is skipped, a duplicate, without a valid address, suppressed, opted out of, or lacks a value', async () => {
    const [twice, suppressed, left] = [ann(), ann(), ann('success+left@simulator.amazonses.com')];
    await local.call('PUT', `/v1/suppressions/${suppressed.email}`, '{}');
    const first = await campaign([left]);
    await local.settle();
    const header = (await local.mailbox(left.email))[0]?.headers.find(({ name }) => name === 'List-Unsubscribe')?.value;
    await fetch(header?.slice(1, -1) ?? '', {
      ...{ method: 'POST', body: 'List-Unsubscribe=One-Click' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    await reaches('unsubscribed', first);
    const all = await campaign([
      ...[twice, twice, suppressed, left, { email: 'cy@@example.com', values: {} }, { email: 'di@example.com' }],
      { email: 'eve@example.com', skip: 'no balance due' },
    ]);
    for (const status of ['skipped', 'canceled_duplicate', 'invalid_address', 'suppressed'] as const)
      await reaches(status, all);
    for (const status of ['canceled_unsubscribed', 'failed_rendering'] as const) await reaches(status, all);
    expect((await emailsOf(all)).find(({ status }) => status === 'skipped')?.reason).toBe('no balance due');
  });

  it('waits while SES accepts nothing, while it throttles, or until the daily quota is available again', async () => {
    await local.setSes({ account: 'paused' });
    await reaches('queued', await campaign([ann()]));
    await local.setSes({ account: null, throttle: { share: 1 } });
    await reaches('throttled', await campaign([ann()]));
    await local.setSes({ throttle: null, fail: null, max24HourSend: 1 });
    // Two, since the slot may still be free: mail to the simulator uses none.
    await reaches('depleted', await campaign([ann(), ann()]));
  });

  it('is being sent to SES, and rejected by it', async () => {
    await local.setSes({ hang: { share: 1, seconds: 2 } });
    await reaches('sending', await campaign([ann()]));
    await local.setSes({ hang: null, fail: { share: 1, error: 'MessageRejected' } });
    const refused = await reaches('failed_sending', await campaign([ann()]));
    expect(refused.reason).toEqual(expect.any(String));
  });

  it('is delivered, bounces, or causes a complaint', async () => {
    const of = (name: string) => campaign([ann(`${name}+${mails++}@simulator.amazonses.com`)]);
    await reaches('delivered', await of('success'));
    await reaches('bounced_hard', await of('bounce'));
    await reaches('complained', await of('complaint'));
  });

  it('is opened, clicked and read', async () => {
    const many = await campaign(Array.from({ length: 20 }, () => ann()));
    await reaches('opened', many);
    await reaches('clicked', many);
    const address = 'success+reads@simulator.amazonses.com';
    const one = await campaign([ann(address)], { trackReads: true });
    await local.settle();
    const [pixel] = /http:\/\/[^"]+\/r\/[^"]+/.exec((await local.mailbox(address))[0]?.html ?? '') ?? [];
    await fetch(pixel ?? '', { headers: { 'user-agent': 'Thunderbird/140.3.0' } });
    await reaches('read', one);
  });

  it('has the status of SES’s events if another program sent it', async () => {
    await reported('sent', sendEvent);
    const delay = { delayType: 'MailboxFull', timestamp: '2026-11-24T10:00:03.000Z' };
    await reported('deferred', (of) => {
      const { mail } = JSON.parse(sendEvent(of));
      const delayedRecipients = [{ emailAddress: 'bo@example.com', status: '4.2.2' }];
      return JSON.stringify({ eventType: 'DeliveryDelay', mail, deliveryDelay: { ...delay, delayedRecipients } });
    });
    await reported('rejected', (of) => {
      const { mail } = JSON.parse(sendEvent(of));
      return JSON.stringify({ eventType: 'Reject', mail, reject: { reason: 'Bad content' } });
    });
    await reported('bounced_soft', (of) => bounceEvent(of, { type: 'Transient' }));
    await reported('bounced_undetermined', (of) => bounceEvent(of, { type: 'Undetermined' }));
  });

  it('has had every status, each with a label in each vocabulary', async () => {
    expect([...reached.keys()].toSorted()).toEqual(STATUS_NAMES.toSorted());
    for (const vocabulary of VOCABULARIES) {
      const { body } = await local.call('GET', `/v1/statuses?vocabulary=${vocabulary}`);
      const words = new Map(body.items.map((item: { status: Status; label: string }) => [item.status, item.label]));
      expect([vocabulary, [...reached.keys()].filter((status) => !words.get(status))]).toEqual([vocabulary, []]);
    }
  });
});
