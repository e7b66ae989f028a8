import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from '../../../lambdas/campaign-counts/count-statuses/handler.ts';
import { countedIn, sumOf } from '../../../lambdas/domain/campaign/campaign-counters.ts';
import { campaignReader } from '../../../lambdas/store/campaigns/campaign-reader.ts';
import { campaignCounter } from '../../../lambdas/store/campaigns/count-campaign.ts';
import type { EmailStatus } from '../../../lambdas/store/emails/email.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { silent } from '../../support/silent.ts';
import { aStream, type StreamOfEmails, streamRecord } from '../../support/stream.ts';

const NOW = '2026-11-25T12:00:00.000Z';

/** A batch: how many records it has, and what happens to it. */
const anAttempt = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  fate: fc.constantFrom('counted', 'answer lost', 'twice at once', 'request lost', 'write’s answer lost'),
  request: fc.nat(3),
});

describe.each(engines())('counting on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  let run = 0;
  /** The handler over campaigns of its own, and their counts. */
  const aCounter = (now = NOW) => {
    const mark = `${run++} `;
    const counter = campaignCounter(documents, tables.campaigns);
    const key = (campaignId: string) => `${mark}${campaignId}`;
    const handler = createHandler({
      countCampaign: (batch, time) => counter({ ...batch, campaignId: key(batch.campaignId) }, time),
      keepNewestEvent: async () => {},
      now: () => now,
      logger: silent().logger,
    });
    const count = (campaignId: string) =>
      campaignReader(documents, tables, () => NOW)
        .find(key(campaignId))
        .then((found) => found?.count);
    const item = async (campaignId: string) =>
      (await documents.send(new GetCommand({ TableName: tables.campaigns, Key: { campaignId: key(campaignId) } })))
        .Item;
    return { handler, count, item, key };
  };

  it('is exact, however the stream is split into batches, and however often one is repeated, fails or is lost', async () => {
    await fc.assert(
      fc.asyncProperty(aStream, fc.array(anAttempt, { maxLength: 12 }), async (stream, plan) => {
        const { handler, count } = aCounter();
        await play(stream, [...plan], handler, failing);
        for (const campaign of ['october', 'november']) {
          const { positions: _, writes: __, ...found } = { positions: {}, writes: 0, ...(await count(campaign)) };

          expect(withoutNothing(found)).toEqual(expected(stream.rows, campaign));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('writes once for each campaign and batch', async () => {
    const { handler } = aCounter();
    const Records = Array.from({ length: 20 }, (_, n) =>
      streamRecord(n, undefined, email(`m${n}`, { campaignId: n % 2 ? 'october' : 'november' })),
    );
    const before = requests.length;
    await handler({ Records, shardId: 'shardId-1' });
    await handler({ Records: [streamRecord(30, undefined, email('m30', {}))], shardId: 'shardId-1' });

    expect(requests.slice(before).sort()).toEqual([
      'GetItemCommand',
      'GetItemCommand',
      'UpdateItemCommand',
      'UpdateItemCommand',
    ]);
  });

  it('removes the position of a shard after 48 hours, in the same write', async () => {
    const { handler, item, key } = aCounter();
    const positions = {
      old: { sequence: '5', at: '2026-11-23T11:59:59.999Z' },
      young: { sequence: '6', at: '2026-11-23T12:00:00.000Z' },
    };
    await documents.send(
      new PutCommand({ TableName: tables.campaigns, Item: { campaignId: key('october'), positions, delivered: 3 } }),
    );
    await handler({ Records: [streamRecord(1, undefined, email('m1', { campaignId: 'october' }))], shardId: 'new' });

    expect(Object.keys((await item('october'))?.positions).sort()).toEqual(['new', 'young']);
    expect((await item('october'))?.delivered).toBe(4);
  });

  it('fails if the event has no shard id, instead of counting twice', async () => {
    const { handler } = aCounter();
    const Records = [streamRecord(1, undefined, email('m1', { campaignId: 'october' }))];

    await expect(handler({ Records })).rejects.toThrow('tumbling window');
  });
});

const email = (messageId: string, more: Partial<EmailStatus>): EmailStatus => ({
  ...{ messageId, recipient: 'ann@example.com', status: 'delivered' },
  events: ['2026-11-24T10:00:03.000Z delivered'],
  ...more,
});

type Attempt = Readonly<{ size: number; fate: string; request: number }>;
type Handler = ReturnType<typeof createHandler>;
type Failing = ReturnType<typeof clientOf>['failing'];

/** Delivers a stream to the handler as Lambda may, shards of a generation concurrently, until all is delivered. */
const play = async ({ generations }: StreamOfEmails, plan: Attempt[], handler: Handler, failing: Failing) => {
  for (const shards of generations) {
    await Promise.all(
      shards.map(async ({ id, records }) => {
        let done = 0;
        while (done < records.length) {
          const { size, fate, request } = plan.shift() ?? { size: 3, fate: 'counted', request: 0 };
          const batch = { Records: [...records.slice(done, done + size)], shardId: id };
          if (fate.endsWith('lost') && fate !== 'answer lost') {
            failing(request, fate === 'request lost' ? 'before it was taken' : 'after it was taken');
          }
          const calls = fate === 'twice at once' ? [handler(batch), handler(batch)] : [handler(batch)];
          const outcomes = await Promise.allSettled(calls);
          const isDone = fate !== 'answer lost' && outcomes.every(({ status }) => status === 'fulfilled');
          if (isDone) done += batch.Records.length;
        }
      }),
    );
  }
  failing(undefined);
};

const expected = (rows: StreamOfEmails['rows'], campaign: string) =>
  withoutNothing(
    sumOf(rows.flatMap((row) => countedIn(row, NOW) ?? []).filter(({ campaignId }) => campaignId === campaign)),
  );

/** Counters that went up and down again are stored as zeros. */
const withoutNothing = ({ counters = {}, ...times }: Partial<ReturnType<typeof sumOf>>) => ({
  ...{ firstActivityAt: undefined, lastActivityAt: undefined, ...times },
  counters: Object.fromEntries(Object.entries(counters).filter(([, count]) => count !== 0)),
});
