import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTERS } from '../../../lambdas/store/campaigns/campaign-row.ts';
import { campaignCounter } from '../../../lambdas/store/campaigns/count-campaign.ts';
import { expressionOf } from '../../../lambdas/store/campaigns/count-update.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { problemIn } from '../../support/expression-limits.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const YESTERDAY = '2026-11-24T12:00:00.000Z';
const LONG_AGO = '2026-11-20T12:00:00.000Z';

/** A shard id as DynamoDB Streams gives it. */
const shardId = (n: number) => `shardId-${String(1_785_000_000_000 + n).padStart(20, '0')}-${'a'.repeat(8)}`;
const shards = (count: number, at: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [shardId(n), { sequence: `7000000000000000000000${n}`, at }]),
  );

describe.each(engines())('a campaign’s item on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  let run = 0;
  /** A campaign as it is stored, and how a change is counted into it. */
  const aCampaign = async (stored: object) => {
    const campaignId = `campaign ${run++}`;
    const TableName = tables.campaigns;
    await documents.send(new PutCommand({ TableName, Item: { campaignId, ...stored } }));
    const countCampaign = campaignCounter(documents, TableName);
    return {
      count: (shard: string, sequence: string, more: object, now = NOW) =>
        countCampaign(
          { campaignId, shard, records: [{ sequence, change: { campaignId, counters: {}, ...more } }] },
          now,
        ),
      item: async () => (await documents.send(new GetCommand({ TableName, Key: { campaignId } }))).Item ?? {},
    };
  };

  it.each([1, 250, 1_000])(
    'is written to, with every counter at once, where it holds %i positions to forget',
    async (old) => {
      const counters = Object.fromEntries(COUNTERS.map((name, index) => [name, 1_000_000 + index]));
      const { count, item } = await aCampaign({ positions: shards(old, LONG_AGO), firstActivityAt: YESTERDAY });
      await count('new', '5', { counters, firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY });
      const first = await item();
      let writes = 1;
      while (Object.keys((await item()).positions).length > 1) await count('new', String(5 + writes++), {});

      expect(first).toMatchObject({ ...counters, firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY });
      expect(Object.keys(first.positions).length).toBeLessThan(1 + old);
      // A write removes far more positions than a stream opens shards meanwhile.
      expect(writes).toBeLessThanOrEqual(1 + old / 100);
      expect(await item()).toMatchObject({ ...counters, positions: { new: { sequence: String(4 + writes) } } });
    },
  );

  it('keeps the position of the shard that is counted, however old it is, and counts nothing twice', async () => {
    const { count, item } = await aCampaign({ positions: shards(300, LONG_AGO), recipients: 1 });
    await count(shardId(299), '7000000000000000000000299', { counters: { recipients: 1 } });
    await count(shardId(299), '7000000000000000000000300', { counters: { recipients: 1 } });

    expect((await item()).recipients).toBe(2);
    expect((await item()).positions[shardId(299)]).toEqual({ sequence: '7000000000000000000000300', at: NOW });
  });

  it('keeps all positions of the last 48 hours, for any number of shards', async () => {
    const { count, item } = await aCampaign({ positions: shards(500, '2026-11-23T12:00:00.000Z') });
    await count('new', '5', { counters: { recipients: 1 } });

    expect(Object.keys((await item()).positions)).toHaveLength(501);
  });

  it('replaces a last activity in the future by the next one', async () => {
    const { count, item } = await aCampaign({
      ...{ positions: shards(1, YESTERDAY), writes: 3, recipients: 1 },
      ...{ firstActivityAt: LONG_AGO, lastActivityAt: '9999-12-31T23:59:59.999Z' },
    });
    await count('new', '5', { firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY });

    expect(await item()).toMatchObject({ firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY, writes: 4 });
  });

  it('replaces a first activity in the future by any other', async () => {
    const { count, item } = await aCampaign({ firstActivityAt: '2031-01-01T00:00:00.000Z', recipients: 1 });
    await count('new', '5', { firstActivityAt: YESTERDAY, lastActivityAt: YESTERDAY });

    expect(await item()).toMatchObject({ firstActivityAt: YESTERDAY, lastActivityAt: YESTERDAY });
  });

  it('keeps a last activity that is at most five minutes ahead', async () => {
    const lastActivityAt = '2026-11-25T12:05:00.000Z';
    const { count, item } = await aCampaign({ lastActivityAt });
    await count('new', '5', { firstActivityAt: YESTERDAY, lastActivityAt: YESTERDAY });
    const before = (await item()).lastActivityAt;
    await count('new', '6', { firstActivityAt: YESTERDAY, lastActivityAt: YESTERDAY }, '2026-11-25T11:59:59.999Z');

    expect([before, (await item()).lastActivityAt]).toEqual([lastActivityAt, YESTERDAY]);
  });

  it('has the later of two activities that replace one in the future concurrently', async () => {
    for (const [one, other] of [[LONG_AGO, YESTERDAY] as const, [YESTERDAY, LONG_AGO] as const]) {
      const { count, item } = await aCampaign({ positions: {}, lastActivityAt: '2031-01-01T00:00:00.000Z' });
      await Promise.all([
        count('one', '1', { firstActivityAt: one, lastActivityAt: one }),
        count('other', '1', { firstActivityAt: other, lastActivityAt: other }),
      ]);

      expect(await item()).toMatchObject({ firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY });
    }
  });
});

describe('the expression of a count', () => {
  it('is within DynamoDB’s limits for any number of positions to remove', () => {
    const counters = Object.fromEntries(COUNTERS.map((name) => [name, 1]));
    const sum = { counters, firstActivityAt: LONG_AGO, lastActivityAt: YESTERDAY };
    for (let count = 0; count < 400; count += 7) {
      const positions = shards(count, LONG_AGO);
      const write = { sum, shard: 'new', sequence: '1', now: NOW, forgotten: Object.keys(positions) };
      const expression = expressionOf(write, { counters: {}, positions, writes: 1 });
      const used = new Set(`${expression.UpdateExpression} ${expression.ConditionExpression}`.match(/#\w+/g));

      expect(problemIn(expression)).toBeUndefined();
      // DynamoDB rejects a name that no expression uses.
      expect(new Set(Object.keys(expression.ExpressionAttributeNames))).toEqual(used);
    }
  });
});
