import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Synthesis, synthesize } from '../../local/template/synthesis.ts';
import { undocumented } from '../status-events/schema.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, clickEvent, complaintEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const ANN = 'ann@example.com';
const BOB = 'bob@example.com';
const mail = (messageId: string, address: string) => ({
  ...{ messageId, destination: [address] },
  tags: { campaign: ['october'], category: ['news'], member: ['1042'] },
});

let synthesis: Synthesis;
beforeAll(async () => {
  synthesis = await synthesize({ statusEvents: true });
});
afterAll(() => synthesis?.remove());

describe.each(engines())('changes, published live on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind, { shardLength: 7, synthesis: async () => ({ ...synthesis, remove: () => {} }) });
  });
  afterAll(() => local?.stack.stop());

  type Published = Readonly<{ 'detail-type': string; detail: Readonly<Record<string, unknown>> }>;
  /** What was published since the last call, oldest first. */
  let seen = 0;
  const news = async (): Promise<readonly Published[]> => {
    await local.settle();
    const all: readonly Published[] = (await local.call('GET', '/local/events')).body.items.toReversed();
    const some = all.slice(seen);
    seen = all.length;
    return some;
  };
  const statuses = (events: readonly Published[]) =>
    events.map(({ detail: { messageId, previousStatus, status } }) => [messageId, previousStatus, status]);

  it('report each status of an email once', async () => {
    const life = [];
    for (const event of [sendEvent, deliveryEvent, openEvent, clickEvent]) {
      await local.publish(event(mail('m1', ANN)));
      life.push(...(await news()));
    }
    await local.publish(...[sendEvent, deliveryEvent, openEvent].map((event) => event(mail('m1', ANN))));

    expect(statuses(life)).toEqual([
      ['m1', null, 'sent'],
      ['m1', 'sent', 'delivered'],
      ['m1', 'delivered', 'opened'],
      ['m1', 'opened', 'clicked'],
    ]);
    expect(life[3]).toMatchObject({
      ...{ 'detail-type': 'EmailStatusChanged', source: 'mailtrail' },
      detail: {
        ...{ recipient: ANN, group: 'engaged', final: false, statusAt: '2026-11-24T11:00:09.000Z' },
        ...{
          createdAt: '2026-11-24T10:00:01.000Z',
          campaignId: 'october',
          category: 'news',
          tags: { member: ['1042'] },
        },
      },
    });
    for (const { 'detail-type': type, detail } of life) expect(undocumented(type, detail)).toEqual([]);
    expect(await news()).toEqual([]);
  });

  it('have the same fields as the API', async () => {
    await local.publish(sendEvent(mail('m2', BOB)), deliveryEvent(mail('m2', BOB)));
    await local.publish(complaintEvent(mail('m2', BOB)));
    const detail = (await news()).filter(({ detail }) => detail.messageId === 'm2').at(-1)?.detail ?? {};
    const fromApi: Readonly<Record<string, unknown>> = await local.email('m2', BOB);

    for (const field of [
      'messageId',
      'recipient',
      'status',
      'group',
      'final',
      'statusAt',
      'createdAt',
      'campaignId',
      'category',
      'tags',
    ]) {
      expect([field, detail[field]]).toEqual([field, fromApi[field]]);
    }
  });

  it('report what suppresses an address, and the end of it', async () => {
    await local.publish(bounceEvent(mail('m3', ANN)));
    const bounced = await news();
    await local.publish(bounceEvent(mail('m4', ANN), { timestamp: '2026-11-24T12:00:00.000Z' }));
    const again = await news();
    await local.call('DELETE', `/v1/suppressions/${ANN}`);
    const lifted = await news();
    const of = (events: readonly Published[]) =>
      events
        .filter(({ 'detail-type': type }) => type === 'SuppressionChanged')
        .map(({ detail: { address, suppressed, reason, previousReason } }) => [
          address,
          suppressed,
          reason,
          previousReason,
        ]);

    expect(of(bounced)).toEqual([[ANN, true, 'bounce', null]]);
    expect(of(again)).toEqual([]);
    expect(of(lifted)).toEqual([[ANN, false, null, 'bounce']]);
    for (const { 'detail-type': type, detail } of [...bounced, ...lifted])
      expect(undocumented(type, detail)).toEqual([]);
  });

  it('contain no erased address', async () => {
    await local.call('DELETE', `/v1/recipients/${ANN}?suppression=erase`);
    const published = await news();

    expect((await local.call('GET', `/v1/messages/m1/recipients/${ANN}`)).status).toBe(404);
    expect(published).toEqual([]);
  });

  it('leave no dead letter', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
  });
});
