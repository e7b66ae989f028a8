import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHARDS } from '../../../lambdas/domain/values/digest.ts';
import { recordBatch } from '../../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { nobodyErased } from '../../support/nobody-erased.ts';
import { bounceEvent, deliveryEvent, openEvent, sendEvent } from '../../support/ses-events.ts';
import { silent } from '../../support/silent.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const EMAILS = 120;

describe.each(engines())('the indexes on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;

  beforeAll(async () => {
    tables = await makeTables(client);
    const bodies = Array.from({ length: EMAILS }, (_, n) => {
      // Two in every tenth second, so that equal times occur.
      const timestamp = `2026-11-24T10:0${n % 6}:${String(n % 10).padStart(2, '0')}.000Z`;
      const mail = {
        messageId: `m${n}`,
        destination: [`member${n}@example.com`],
        timestamp,
        tags: { campaign: ['october'] },
      };
      return [sendEvent(mail), n % 4 === 0 ? bounceEvent(mail) : deliveryEvent(mail)];
    }).flat();
    // On the message itself: with several recipients, it is unknown who opened it.
    bodies.push(
      openEvent({
        messageId: 'several',
        destination: ['a@example.com', 'b@example.com'],
        tags: { campaign: ['october'] },
      }),
    );
    const { batchItemFailures } = await recordBatch(sqsEvent(bodies), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: async () => {},
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      ...silent(),
    });
    expect(batchItemFailures).toEqual([]);
  });
  afterAll(() => tables.drop());

  /** Every key of one shard, in pages of three. */
  const shard = async (IndexName: string, condition: string, values: Record<string, string>) => {
    const keys: Record<string, string>[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new QueryCommand({
          TableName: tables.emailStatus,
          IndexName,
          KeyConditionExpression: condition,
          ExpressionAttributeValues: values,
          Limit: 3,
          ExclusiveStartKey,
          ...(condition.includes('#status') && { ExpressionAttributeNames: { '#status': 'status' } }),
        }),
      );
      keys.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return keys;
  };
  const shards = Array.from({ length: SHARDS }, (_, number) => number);

  it('hold each email of a day once, in the order of their times within a shard', async () => {
    const all = await Promise.all(
      shards.map((number) => shard('byDay', 'dayShard = :key', { ':key': `2026-11-24/${number}` })),
    );

    expect(
      all
        .flat()
        .map(({ messageId }) => messageId)
        .sort(),
    ).toEqual(Array.from({ length: EMAILS }, (_, n) => `m${n}`).sort());
    for (const keys of all) {
      const times = keys.map(({ createdAt }) => createdAt);
      expect(times).toEqual(times.toSorted());
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it('hold each email of a campaign once, by its current status', async () => {
    const bounced = shards.map((number) =>
      shard('byCampaign', 'campaignShard = :key AND begins_with(#status, :status)', {
        ':key': `october/${number}`,
        ':status': 'bounced',
      }),
    );
    const keys = (await Promise.all(bounced)).flat();
    const all = (
      await Promise.all(
        shards.map((number) => shard('byCampaign', 'campaignShard = :key', { ':key': `october/${number}` })),
      )
    ).flat();

    expect(new Set(keys.map(({ messageId }) => messageId)).size).toBe(EMAILS / 4);
    expect(keys.every(({ status }) => status === 'bounced_hard')).toBe(true);
    expect(all.map(({ messageId }) => messageId).sort()).toEqual(
      Array.from({ length: EMAILS }, (_, n) => `m${n}`).sort(),
    );
  });
});
