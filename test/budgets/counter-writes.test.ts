import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/campaign-counts/count-statuses/handler.ts';
import { COUNTERS } from '../../lambdas/store/campaigns/campaign-row.ts';
import { campaignCounter } from '../../lambdas/store/campaigns/count-campaign.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { idOf, type Json, plain, synthesize } from '../lib/synthesized.ts';
import { capacityOf } from '../support/capacity.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { streamRecord } from '../support/stream.ts';

// A partition accepts 1,000 write units a second (DynamoDB Developer Guide, partition limits), so a shard of its stream
// has at most 1,000 changes a second. One item is in one partition, whatever the table's capacity.
const PARTITION = 1_000;
/** Hours until a shard is closed and replaced (DynamoDB Developer Guide, Streams: about four). */
const SHARD_LIFE = 4;
/** Hours for which the item keeps a shard's position. */
const REMEMBERED = 48;
/**
 * Tables by the number of open shards: a new one accepts 4,000 writes a second, a grown one ten times that. And the
 * most changes a second of one campaign: for a new table all that it accepts, for a grown one 8,000, which is four for
 * each email at 2,000 emails a second.
 */
const TABLES = [
  { shards: 4, changes: 4_000, mostUnits: 8 },
  { shards: 40, changes: 8_000, mostUnits: 60 },
] as const;

const { Properties: mapping } = synthesize()
  .all('AWS::Lambda::EventSourceMapping')
  .map(([, resource]) => resource as { Properties: Json })
  .find(({ Properties }) => plain(idOf(Properties.FunctionName)) === 'CampaignCountsCountStatusesFunction') ?? {
  Properties: {},
};

/** Batches a second of one shard: full ones at most, and otherwise one a window. */
const batchesOfShard = (changes: number) =>
  Math.max(changes / mapping.BatchSize, 1 / mapping.MaximumBatchingWindowInSeconds);

const email = (n: number): EmailStatus => ({
  ...{ messageId: `m${n}`, recipient: `member${n}@example.com`, campaignId: 'october', status: 'delivered' },
  events: [`2026-11-24T10:00:0${n % 10}.000Z delivered`],
});

/** Shard ids in the format of DynamoDB Streams, and sequence numbers of the same length. */
const shardId = (n: number) => `shardId-${String(1_785_000_000_000 + n).padStart(20, '0')}-${'a'.repeat(8)}`;
const NOW = '2026-11-25T12:00:00.000Z';

describe.each(engines())('a campaign’s one item on $name', ({ endpoint }) => {
  it.each(TABLES)(
    'records a batch of a thousand changes in one write, with the positions of 48 hours of $shards shards, and stays well below its size limit',
    async ({ shards, changes, mostUnits }) => {
      const { client, documents } = clientOf(endpoint);
      const tables = await makeTables(client);
      const used = capacityOf(client);
      const handler = createHandler({
        countCampaign: campaignCounter(documents, tables.campaigns),
        keepNewestEvent: async () => {},
        now: () => NOW,
        logger: silent().logger,
      });
      const known = Array.from({ length: shards * (1 + REMEMBERED / SHARD_LIFE) }, (_, n) => shardId(n));
      const positions = Object.fromEntries(
        known.map((id, n) => [id, { sequence: String(10n ** 24n + BigInt(n)), at: NOW }]),
      );
      const counters = Object.fromEntries(COUNTERS.map((name) => [name, 1_000_000]));
      await documents.send(
        new PutCommand({
          TableName: tables.campaigns,
          Item: { campaignId: 'october', ...counters, positions, firstActivityAt: NOW, lastActivityAt: NOW, writes: 1 },
        }),
      );
      const before = used();
      const Records = Array.from({ length: mapping.BatchSize }, (_, n) => streamRecord(n, undefined, email(n)));
      await handler({ Records, shardId: shardId(known.length) });
      const after = used();
      await tables.drop();

      const unitsOfABatch = after.table - before.table;
      expect(unitsOfABatch).toBeLessThanOrEqual(mostUnits);
      // A consistent read costs a quarter of a write.
      expect(after.read - before.read).toBeLessThanOrEqual(unitsOfABatch / 4 + 1);
      expect(unitsOfABatch * shards * batchesOfShard(changes / shards)).toBeLessThan(PARTITION / 2);
      // The slowest is the most expensive: each shard writes once per window, however few changes there are.
      expect(batchesOfShard(1)).toBe(0.2);
      console.log(
        'UNITS',
        shards,
        unitsOfABatch,
        after.read - before.read,
        unitsOfABatch * shards * batchesOfShard(changes / shards),
      );
    },
  );
});
