import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mailing, MailingState } from '../../lambdas/domain/mailing/mailing.ts';
import { shardOf } from '../../lambdas/domain/values/digest.ts';
import { recountCampaign } from '../../lambdas/store/campaigns/recount-campaign.ts';
import { type AcceptedEmail, acceptedRow } from '../../lambdas/store/emails/accepted-row.ts';
import { planItem } from '../../lambdas/store/mailings/mailing-row.ts';
import { readCsv } from '../support/csv.ts';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';

const CAMPAIGN = 'GET /v1/campaigns/{campaignId}';
const RECIPIENTS = 'GET /v1/campaigns/{campaignId}/recipients';
const AT = '2026-11-25T11:00:00.000Z';
const NOW = '2026-11-25T12:00:00.000Z';
const WAITING = 30;

const PLAN: Mailing = {
  ...{ mailingId: 'october', state: 'planned', createdAt: AT, from: 'a@club.example', replyTo: [], salt: 's' },
  ...{ preventDuplicates: true, needsApproval: false, unsubscribable: true, trackReads: false, openCalls: [] },
  ...{ recipients: 1, deleteAfter: 2_000_000_000, category: 'statement' },
};
const email = (messageId: string, more: Partial<AcceptedEmail> = {}): AcceptedEmail => ({
  ...{ messageId, recipient: `${messageId}@example.com`, status: 'queued', createdAt: AT },
  ...{ sendTo: `${messageId}@example.com`, acceptedAs: 'k#0', campaignId: 'october', subject: 'October', values: {} },
  ...more,
});

/** A campaign with emails in the queue, some that are finished, and one that is in progress. */
const EMAILS = [
  ...Array.from({ length: WAITING }, (_, n) => email(`m${n}`)),
  email('skipped', { status: 'skipped', reason: 'no balance due' }),
  email('canceled', { status: 'canceled' }),
  email('duplicate', { status: 'canceled_duplicate' }),
  email('expired', { status: 'expired' }),
  email('sending', { status: 'sending' }),
  email('single', { campaignId: undefined, recipient: 'single@example.com' }),
];

/** What the queued emails show in each state, with the plan's expiry in the future, and in the past. */
const SHOWN = [
  ['planned', 'planned', 'expired'],
  ['pending_approval', 'pending_approval', 'expired'],
  ['approved', 'approved', 'expired'],
  ['started', 'queued', 'expired'],
  ['canceled', 'canceled', 'canceled'],
  ['quarantined', 'quarantined', 'quarantined'],
  ['expired', 'expired', 'expired'],
] as const satisfies readonly (readonly [MailingState, string, string])[];
const CASES = SHOWN.flatMap(([state, ahead, behind]) => [
  [state, '2026-11-25T12:00:00.001Z', ahead] as const,
  [state, NOW, behind] as const,
]);

describe.each(engines())('emails of mailings on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
    for (const each of EMAILS) {
      await api.documents.send(
        new PutCommand({ TableName: api.tables.emailStatus, Item: acceptedRow(each, PLAN) as never }),
      );
    }
  });
  beforeEach(async () => {
    api.clock.now = NOW;
    await recount();
  });
  afterAll(() => api.tables.drop());

  const recount = () => {
    const { emailStatus, campaigns } = api.tables;
    const recount = { tables: { emailStatus, campaigns }, campaignId: 'october', repair: true, now: api.clock.now };
    return recountCampaign(api.documents, { ...recount, quiet: async () => {} });
  };
  const plan = (more: Partial<Mailing>) =>
    api.documents.send(new PutCommand({ TableName: api.tables.mailings, Item: planItem({ ...PLAN, ...more }) }));
  const pathOf = (messageId: string) => ({ messageId, email: `${messageId}@example.com` });
  /** All of a list, page by page. */
  const all = async (key: typeof RECIPIENTS | 'GET /v1/messages', path: object, query: string): Promise<Body[]> => {
    const items: Body[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await api.ask(key, {
        path: path as never,
        query: cursor ? `${query}&cursor=${cursor}` : query,
      });
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    return items;
  };
  const list = (query: string) => all(RECIPIENTS, { campaignId: 'october' }, query);
  const counted = (items: readonly Body[]) =>
    Object.fromEntries([...Map.groupBy(items, ({ status }) => status)].map(([status, some]) => [status, some.length]));

  it.each(CASES)(
    'show the state of a campaign that is %s and expires at %s: %s, in every response',
    async (state, expiresAt, shown) => {
      await plan({ state, expiresAt });
      const { body: campaign } = await api.ask(CAMPAIGN, { path: { campaignId: 'october' } });
      const items = await list('limit=7');

      expect(counted(items)).toEqual({
        ...{ skipped: 1, canceled: 1, canceled_duplicate: 1, expired: 1, sending: 1 },
        [shown]: WAITING + (shown === 'canceled' || shown === 'expired' ? 1 : 0),
      });
      expect(campaign).toMatchObject({ state, sendAt: null, expiresAt, recipients: WAITING + 5 });
      expect(campaign.counts).toEqual(counted(items));
      expect(Object.keys(campaign.labels)).toEqual(Object.keys(campaign.counts));

      const one = await api.ask('GET /v1/messages/{messageId}/recipients/{email}', { path: pathOf('m1') });
      const message = await api.ask('GET /v1/messages/{messageId}', { path: { messageId: 'm1' } });
      const person = await api.ask('GET /v1/recipients/{email}', { path: { email: 'm1@example.com' } });
      const theirs = await api.ask('GET /v1/recipients/{email}/messages', { path: { email: 'm1@example.com' } });
      const log = await all('GET /v1/messages', {}, `status=${shown}&limit=9`);
      expect([
        ...[one.body.status, message.body.recipients[0].status, person.body.lastStatus, theirs.body.items[0].status],
      ]).toEqual(Array(4).fill(shown));
      expect(one.body).toMatchObject({
        final: ['canceled', 'quarantined', 'expired'].includes(shown),
        group: ['canceled', 'quarantined', 'expired'].includes(shown) ? 'not attempted' : 'before sending',
        ...{ statusAt: AT, sentAt: null, sesMessageId: null, reason: null, campaignId: 'october', subject: 'October' },
      });
      expect(log.filter(({ messageId }) => messageId !== 'single')).toHaveLength(campaign.counts[shown]);
    },
  );

  it.each(CASES)(
    'are filtered by the status shown, of a campaign that is %s and expires at %s: %s',
    async (state, expiresAt, shown) => {
      await plan({ state, expiresAt });
      const items = await list('limit=100');
      const filters = [
        'planned',
        'pending_approval',
        'approved',
        'queued',
        'sending',
        'skipped',
        'canceled',
        'canceled*',
      ];
      for (const filter of [...filters, 'quarantined', 'expired', 'failed*', 'bounced*', 'delivered']) {
        const wanted = items.filter(({ status }) =>
          filter.endsWith('*') ? status.startsWith(filter.slice(0, -1)) : status === filter,
        );
        for (const limit of [1, 4, 100]) {
          if (limit === 1 && wanted.length > 5) continue;
          const found = await list(`status=${filter}&limit=${limit}`);

          expect([filter, found.map(({ messageId }) => messageId).sort()]).toEqual([
            filter,
            wanted.map(({ messageId }) => messageId).sort(),
          ]);
          expect(new Set(found.map(({ status }) => status))).toEqual(new Set(wanted.map(({ status }) => status)));
        }
      }
      expect(counted(items)[shown]).toBeGreaterThanOrEqual(WAITING);
    },
  );

  it('are in no list twice, and reject no cursor, when their campaign advances between two pages', async () => {
    for (const [before, after, expected] of [
      ['planned', 'started', 4],
      ['planned', 'planned', WAITING],
      ['canceled', 'canceled', WAITING + 1],
    ] as const) {
      await plan({ state: before });
      const first = await api.ask(RECIPIENTS, { path: { campaignId: 'october' }, query: `status=${before}&limit=4` });
      await plan({ state: after });
      const rest = await all(RECIPIENTS, { campaignId: 'october' }, `limit=100&cursor=${first.body.nextCursor}`);
      const found = [...first.body.items, ...rest].map(({ messageId }) => messageId);

      expect([found.length, new Set(found).size]).toEqual([expected, expected]);
    }
  });

  it('of a single message are shown as expired, and otherwise as queued', async () => {
    await plan({ mailingId: '~single', state: 'started', expiresAt: NOW });
    const single = () => api.ask('GET /v1/messages/{messageId}/recipients/{email}', { path: pathOf('single') });
    expect((await single()).body.status).toBe('expired');

    api.clock.now = AT;
    expect((await single()).body.status).toBe('queued');
  });

  it('are the same in CSV and in JSON', async () => {
    await plan({ state: 'pending_approval' });
    const { body } = await api.askCsv(RECIPIENTS, { path: { campaignId: 'october' }, query: 'limit=100' });
    const [header = [], ...rows] = readCsv(body);
    const statuses = rows.map((row) => row[header.indexOf('status')]);

    expect(statuses.filter((status) => status === 'pending_approval')).toHaveLength(WAITING);
    expect(statuses).not.toContain('queued');
  });

  it('cost one more read if some are in the queue, and none if none is', async () => {
    await plan({ state: 'planned' });
    const readsOf = async (query: string, path = { campaignId: 'october' }) => {
      const before = api.requests.length;
      await api.ask(RECIPIENTS, { path, query });
      return api.requests.slice(before).filter((name) => name === 'BatchGetItemCommand').length;
    };

    expect(await readsOf('status=sending')).toBe(1);
    expect(await readsOf('status=skipped')).toBe(1);
    // The campaign's plan, to determine how they are stored; their rows; and the plan again, for the status shown.
    expect(await readsOf('status=planned')).toBe(3);
    expect(await readsOf('limit=100')).toBe(2);
    const before = api.requests.length;
    await api.ask('GET /v1/recipients/{email}/messages', { path: { email: 'skipped@example.com' } });
    expect(api.requests.slice(before)).toEqual(['QueryCommand', 'BatchGetItemCommand']);
    await api.ask('GET /v1/messages/{messageId}/recipients/{email}', { path: pathOf('skipped') });
    expect(api.requests.slice(before + 2)).toEqual(['GetItemCommand']);
  });

  it('are counted by their stored status: a recount finds nothing to repair', async () => {
    await plan({ state: 'canceled' });

    expect((await recount()).differences).toEqual([]);
  });

  it('need not be counted for their campaign to be found, with its times', async () => {
    await plan({ mailingId: 'new', sendAt: NOW, expiresAt: '2026-11-26T12:00:00.000Z' });
    const { status, body } = await api.ask(CAMPAIGN, { path: { campaignId: 'new' } });

    expect([status, body]).toMatchObject([
      200,
      { state: 'planned', sendAt: NOW, expiresAt: '2026-11-26T12:00:00.000Z', recipients: 0, counts: {} },
    ]);
    expect((await api.ask(CAMPAIGN, { path: { campaignId: 'nobody-knows' } })).status).toBe(404);
  });

  it('of a campaign that was not sent through Mailtrail show the stored status, whatever that of another is', async () => {
    const recipient = 'x@example.com';
    await api.putRows([
      {
        ...{ messageId: 'x', recipient, campaignId: 'may', status: 'queued', rank: 40, createdAt: AT },
        ...{ campaignShard: `may/${shardOf('x', recipient)}` },
      } as never,
    ]);
    const { body } = await api.ask(RECIPIENTS, { path: { campaignId: 'may' }, query: 'status=queued' });

    expect(body.items.map(({ status }: Body) => status)).toEqual(['queued']);
  });

  it('are shown with the stored status if their plan cannot be read', async () => {
    await api.documents.send(
      new PutCommand({
        TableName: api.tables.mailings,
        Item: { campaignId: 'october', part: 'plan', state: 'from_the_future' },
      }),
    );

    expect(counted(await list('limit=100'))).toMatchObject({ queued: WAITING });
  });
});
