import { describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/count-statuses/handler.ts';
import { campaignCounter } from '../../lambdas/store/count-campaign.ts';
import type { EmailStatus } from '../../lambdas/store/email-status.ts';
import { idOf, type Json, plain, synthesize } from '../infrastructure/synthesized.ts';
import { capacityOf } from '../support/capacity.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { streamRecord } from '../support/stream.ts';

// A partition takes 1,000 write units a second (DynamoDB Developer Guide, partition limits), and so does a shard of its
// stream bring at most 1,000 changes a second. One item is in one partition, whatever the table can do.
const PARTITION = 1_000;
/** A campaign of a million, all at once: 4,000 writes a second is what a new table takes, ten times that a grown one. */
const WRITES_A_SECOND = [4_000, 40_000] as const;

const { Properties: mapping } = synthesize()
  .all('AWS::Lambda::EventSourceMapping')
  .map(([, resource]) => resource as { Properties: Json })
  .find(({ Properties }) => plain(idOf(Properties.FunctionName)) === 'CountStatusesFunction') ?? { Properties: {} };

/** Batches a second of one shard: full ones at most, and otherwise one a window. */
const batchesOfShard = (changes: number) =>
  Math.max(changes / mapping.BatchSize, 1 / mapping.MaximumBatchingWindowInSeconds);

const email = (n: number): EmailStatus => ({
  ...{ messageId: `m${n}`, recipient: `member${n}@example.com`, campaignId: 'october', status: 'delivered' },
  events: [`2026-11-24T10:00:0${n % 10}.000Z delivered`],
});

describe.each(engines())('a campaign’s one item on $name', ({ endpoint }) => {
  it('takes a thousand changes in one write, and has room to spare at any speed of the table', async () => {
    const { client, documents } = clientOf(endpoint);
    const tables = await makeTables(client);
    const used = capacityOf(client);
    const countCampaign = campaignCounter(documents, tables.campaigns);
    const handler = createHandler({
      countCampaign,
      keepNewestEvent: async () => {},
      now: () => '2026-11-25T12:00:00.000Z',
      logger: silent().logger,
    });
    // 40 shards, so that the item knows as many positions as ten times a new table gives it.
    for (let shard = 0; shard < 40; shard++) {
      const Records = [streamRecord(shard, undefined, email(shard))];
      await handler({
        Records,
        shardId: `shardId-${String(1_785_000_000 + shard).padStart(20, '0')}-${'a'.repeat(8)}`,
      });
    }
    const before = used().table;
    const Records = Array.from({ length: mapping.BatchSize }, (_, n) => streamRecord(100 + n, undefined, email(n)));
    await handler({ Records, shardId: `shardId-${String(1_785_000_000).padStart(20, '0')}-${'a'.repeat(8)}` });
    const unitsOfABatch = used().table - before;
    await tables.drop();

    // The read is counted too, to be on the dear side.
    expect(unitsOfABatch).toBeLessThanOrEqual(9);
    for (const changes of WRITES_A_SECOND) {
      const shards = changes / PARTITION;
      expect(shards * batchesOfShard(PARTITION) * unitsOfABatch).toBeLessThan(PARTITION / 2);
    }
    // The slowest is the dearest: each shard writes once a window, however little there is to say.
    expect(batchesOfShard(1)).toBe(0.2);
  });
});
