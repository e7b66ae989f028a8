import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filedUnder } from '../../lambdas/sending/accept-mail/decide-emails.ts';
import { acceptedRow } from '../../lambdas/store/emails/accepted-row.ts';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';

const RECIPIENTS = 'GET /v1/campaigns/{campaignId}/recipients';
const EMAILS = 50;
const MAILING = { from: 'office@club.example', category: 'statement', deleteAfter: 2_000_000_000 };

describe.each(engines())('a campaign to invalid addresses, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());

  it.each([
    ['four bytes', '🦊'],
    ['six, as JSON writes it', '\u0001'],
  ])('is paged to its end, with addresses of any length, and of characters of %s', async (name, character) => {
    const campaignId = name.slice(0, 3);
    for (let number = 0; number < EMAILS; number++) {
      const recipient = filedUnder(character.repeat(320));
      const email = { messageId: `${campaignId}-${number}`.padEnd(32, 'x'), recipient, sendTo: recipient, campaignId };
      const row = acceptedRow(
        {
          ...email,
          ...{ status: 'canceled_unsubscribed', createdAt: '2026-11-25T11:00:00.000Z', acceptedAs: 'k#0', subject: '' },
        },
        MAILING,
      );
      await api.documents.send(new PutCommand({ TableName: api.tables.emailStatus, Item: row }));
    }

    let [cursor, found] = ['', 0];
    do {
      const query = cursor === '' ? 'limit=40' : `limit=40&cursor=${cursor}`;
      const { status, body } = await api.ask(RECIPIENTS, { path: { campaignId }, query });
      expect([status, body.errors]).toEqual([200, undefined]);
      found += body.items.length;
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(found).toBe(EMAILS);
  });
});
