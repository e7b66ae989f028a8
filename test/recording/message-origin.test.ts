import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEmail, readMessage } from '../../lambdas/store/emails/get-message.ts';
import { clientOf, engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { deliveryEvent, sendEvent } from '../support/ses-events.ts';

/** SES's ids are ordered by time in practice; `FIRST` was also accepted first. */
const [FIRST, SECOND, THIRD] = ['0100-first', '0200-second', '0300-third'] as const;
const ACCEPTED = {
  [FIRST]: '2026-11-24T10:00:01.000Z',
  [SECOND]: '2026-11-24T10:00:02.000Z',
  [THIRD]: '2026-11-24T10:00:03.000Z',
} as const;
const RECIPIENT = 'ann@example.com';

describe.each(engines())('two messages at SES under one id of the sender on $name', ({ endpoint }) => {
  const { documents } = clientOf(endpoint);
  let api: QueryApi;
  let emails = 0;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());

  const anEmail = () => {
    const id = `message-${emails++}`;
    const mail = (sesId: keyof typeof ACCEPTED) => ({
      messageId: `${sesId}-${id}`,
      timestamp: ACCEPTED[sesId],
      destination: [RECIPIENT],
      tags: { 'mailtrail-id': [id] },
    });
    const item = async (messageId: string, recipient: string) =>
      (await documents.send(new GetCommand({ TableName: api.tables.emailStatus, Key: { messageId, recipient } }))).Item;
    return {
      id,
      sent: (sesId: keyof typeof ACCEPTED) => sendEvent(mail(sesId)),
      delivered: (sesId: keyof typeof ACCEPTED) => deliveryEvent(mail(sesId)),
      /** As the accepting function stores it, minutes before SES has it. */
      accepted: () =>
        documents.send(
          new PutCommand({
            TableName: api.tables.emailStatus,
            Item: {
              ...{ messageId: id, recipient: RECIPIENT, status: 'sending', rank: 60, acceptedAs: 'key#0' },
              ...{
                createdAt: '2026-11-24T09:00:00.000Z',
                statusAt: '2026-11-24T09:59:00.000Z',
                deleteAfter: 1_770_000_000,
              },
            },
          }),
        ),
      /** The email's item and its pointers, with nothing in them that names this email and no other. */
      stored: async () => {
        const rows = [
          await item(id, RECIPIENT),
          ...(await Promise.all([FIRST, SECOND, THIRD].map((sesId) => item(`${sesId}-${id}`, '*')))),
        ];
        const nameless = (_: string, value: unknown) => (value instanceof Set ? [...value].sort() : value);
        const text = JSON.stringify(rows, nameless).replaceAll(id, 'MESSAGE');
        return JSON.parse(text.replaceAll(/(Shard":"[^"]+)\/\d"/g, '$1/SHARD"'));
      },
    };
  };

  it('are one email, which is found by each of their ids', async () => {
    const email = anEmail();
    await api.record(email.sent(SECOND), email.delivered(FIRST));
    await api.record(email.sent(THIRD));

    for (const sesId of [FIRST, SECOND, THIRD]) {
      const id = `${sesId}-${email.id}`;
      const found = await readMessage(documents, api.tables.emailStatus, id);
      expect(found?.rows.map(({ messageId }) => messageId)).toEqual([email.id]);
      expect(await readEmail(documents, api.tables.emailStatus, id, RECIPIENT)).toMatchObject({ messageId: email.id });
      expect(await readEmail(documents, api.tables.emailStatus, id, 'bo@example.net')).toBe('no such recipient');
    }
  });

  it('give the same items in whatever order their events come, however often, accepted by Mailtrail or not', async () => {
    const anEvent = fc.tuple(fc.constantFrom(FIRST, SECOND, THIRD), fc.constantFrom('sent', 'delivered'));
    const all = fc.tuple(fc.array(anEvent, { maxLength: 4 }), fc.boolean()).chain(([more, isOurs]) => {
      // Each message is heard of at least once.
      const events = [[FIRST, 'sent'], [SECOND, 'sent'], [THIRD, 'sent'], ...more] as [typeof FIRST, 'sent'][];
      const shuffled = fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length });
      return fc.tuple(shuffled, shuffled, fc.constant(isOurs));
    });
    await fc.assert(
      fc.asyncProperty(all, async ([one, other, isOurs]) => {
        const [first, second, together] = [anEmail(), anEmail(), anEmail()];
        if (isOurs) await Promise.all([first, second, together].map((email) => email.accepted()));
        for (const [sesId, kind] of one) await api.record(first[kind](sesId));
        for (const [sesId, kind] of other) await api.record(second[kind](sesId));
        await api.record(...other.map(([sesId, kind]) => together[kind](sesId)));

        const stored = await first.stored();
        expect(await second.stored()).toEqual(stored);
        expect(await together.stored()).toEqual(stored);
        expect(stored[0]).toMatchObject({ sesMessageId: `${FIRST}-MESSAGE` });
        expect(stored.slice(1).map((row: { pointsTo?: string } | null) => row?.pointsTo)).toEqual([
          undefined,
          'MESSAGE',
          'MESSAGE',
        ]);
      }),
      { numRuns: 25 },
    );
  });

  it('cost a pointer only where there are two: one message is one write', async () => {
    const email = anEmail();
    const before = api.requests.length;
    await api.record(email.sent(FIRST));
    await api.record(email.delivered(FIRST));

    expect(api.requests.slice(before)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
    expect((await email.stored()).slice(1)).toEqual([null, null, null]);
  });
});
