import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHARDS } from '../../../lambdas/domain/values/digest.ts';
import { recordBatch } from '../../../lambdas/recording/record-batch.ts';
import { acceptedRow } from '../../../lambdas/store/emails/accepted-row.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import type { SendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import { createDraw } from '../../../local/ses/chance.ts';
import type { Calls } from '../../../local/ses/control.ts';
import { engines } from '../../support/engine.ts';
import { nobodyErased } from '../../support/nobody-erased.ts';
import { silent } from '../../support/silent.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { clubSes } from './club-ses.ts';
import { mortal } from './crash.ts';
import { workQueue } from './queue.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';

/** On the first engine; the others, of which one is slow, run it with fewer. */
const [RECIPIENTS, FEWER] = [2_000, 300];
const WORKERS = 2;
/** SES with frequent faults. */
const FAULTS = {
  maxSendRate: 100_000,
  drop: { share: 0.05 },
  hang: { share: 0.02, seconds: 1 },
  throttle: { share: 0.6, every: 1, for: 0.2 },
};
const SEED = 'the worst day';

type Row = Readonly<Record<string, unknown>> & Readonly<{ recipient: string; status: string }>;

const runs = engines().map((engine, index) => ({ ...engine, recipients: index === 0 ? RECIPIENTS : FEWER }));

describe.each(runs)('$recipients emails, killed workers and a failing SES, on $name', ({ endpoint, recipients }) => {
  const { number: draw } = createDraw(SEED);
  let drawn = 0;
  const chance = () => draw(String(drawn++));
  let on: TestedSender;
  let ses: Awaited<ReturnType<typeof clubSes>>;
  let killed = 0;
  const rows = async (): Promise<readonly Row[]> => {
    const all: Row[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const scan = { TableName: on.tables.emailStatus, ConsistentRead: true, ExclusiveStartKey: start };
      const { Items = [], LastEvaluatedKey } = await on.documents.send(new ScanCommand(scan));
      all.push(...(Items as Row[]));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return all;
  };
  const emailsIn = () => Map.groupBy(ses.ses.mailbox(), ({ to }) => to);

  beforeAll(async () => {
    on = await senderOn(endpoint);
    ses = await clubSes({ ...FAULTS, seed: SEED });
    await on.put(mailing());
    // A seventh of them are delivered twice: SQS delivers at least once, and interrupted requests are repeated.
    const queue = workQueue(1_500, () => chance() < 0.15);
    for (const emails of inBatches(accepted(recipients), 25)) {
      const put = emails.map((email) => ({ PutRequest: { Item: acceptedRow(email, mailing()) } }));
      await on.documents.send(new BatchWriteCommand({ RequestItems: { [on.tables.emailStatus]: put } }));
      for (const { messageId } of emails) queue.put({ mailingId: 'october', messageId });
    }
    await Promise.all(Array.from({ length: WORKERS }, () => work(queue)));
  }, 400_000);
  afterAll(async () => {
    await ses.stop();
    await on.drop();
  });

  /** One worker after the other, each until it is killed, as long as there is work. */
  const work = async (queue: ReturnType<typeof workQueue>) => {
    const born = () => {
      // The rate has a test of its own: here all may send at once.
      const sendSlots: Pick<SendSlots, 'take'> = { take: async ({ from }) => ({ first: from }) };
      const own = { ...on.dependencies, sendSlots, ...ses.worker(), queue: { putBack: queue.putBack } };
      const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds) };
      const { dependencies, died } = mortal(own, 100 + Math.floor(chance() * 1_200), chance() < 0.5);
      return { handler: on.handlerWith({ ...dependencies, clock, chance }), died };
    };
    let worker = born();
    while (queue.size() > 0) {
      const taken = queue.take(10);
      if (taken.length === 0) {
        await sleep(5);
        continue;
      }
      const event = sqsEvent(taken.map(({ email }) => JSON.stringify(email)));
      const answer = await Promise.race([
        worker.handler(event, { getRemainingTimeInMillis: () => 60_000 }),
        worker.died,
      ]);
      if (answer === 'died') {
        killed += 1;
        worker = born();
        continue;
      }
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const [index, { id }] of taken.entries()) if (!failed.has(`r${index}`)) queue.delete(id);
    }
  };

  it('arrive at most once in each mailbox', () => {
    const { calls } = ses.ses.show() as { calls: Calls };
    console.log(`${JSON.stringify(calls)}, ${killed} workers killed`);

    expect([...emailsIn().values()].filter((emails) => emails.length > 1)).toEqual([]);
    // There were many faults.
    expect(Math.min(calls.dropped, calls.hung, calls.throttled, killed)).toBeGreaterThanOrEqual(recipients / 500);
    expect(emailsIn().size).toBeGreaterThan(0.8 * recipients);
  });

  it('are sent, or have the status for an unknown outcome; none is left waiting', async () => {
    const arrived = emailsIn();
    const all = await rows();
    const statuses = Map.groupBy(all, ({ status }) => status);

    expect(all).toHaveLength(recipients);
    expect([...statuses.keys()].sort()).toEqual(['sending', 'sent']);
    for (const { recipient } of statuses.get('sent') ?? []) expect(arrived.get(recipient)).toHaveLength(1);
  });

  it('are all found by the time on their rows if the outcome is unknown', async () => {
    const unknown = (await rows()).filter(({ status }) => status === 'sending').map(({ recipient }) => recipient);
    const found = await Promise.all(
      Array.from({ length: SHARDS }, async (_, shard) => {
        const byWakeAt = { TableName: on.tables.emailStatus, IndexName: 'byWakeAt' };
        const { Items = [] } = await on.documents.send(
          new QueryCommand({
            ...byWakeAt,
            KeyConditionExpression: 'wakeShard = :shard',
            ExpressionAttributeValues: { ':shard': String(shard) },
          }),
        );
        return Items.map(({ recipient }) => recipient);
      }),
    );

    expect(found.flat().sort()).toEqual(unknown.sort());
    expect(unknown.length).toBeGreaterThan(0);
  });

  it('follow later events of SES: those that arrived are sent, and no others', async () => {
    await ses.settle();
    const recordFacts = factRecorder(on.documents, on.tables.emailStatus);
    const recording = { recordFacts, erasedPeople: nobodyErased, retentionDays: 400, now: Date.now, ...silent() };
    for (const events of inBatches(ses.told, 100)) {
      const { batchItemFailures } = await recordBatch(sqsEvent(events.map(({ text }) => text)), recording);
      expect(batchItemFailures).toEqual([]);
    }
    const arrived = [...emailsIn().keys()].sort();
    const sent = (await rows()).filter(({ status }) => status === 'sent').map(({ recipient }) => recipient);

    expect(sent.sort()).toEqual(arrived);
  });
});

const accepted = (recipients: number) =>
  Array.from({ length: recipients }, (_, index) => ({
    ...{ messageId: `email-${index}`, recipient: `member${index}@example.com`, sendTo: `member${index}@example.com` },
    ...{ status: 'queued' as const, createdAt: NOW, acceptedAs: `key#${index}`, campaignId: 'october' },
    ...{ subject: 'Your statement', values: { name: `Member ${index}` } },
  }));

const inBatches = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, batch) => items.slice(batch * size, (batch + 1) * size));
