import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { type ErasedReader, erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures } from '../../lambdas/store/erasures/erasures.ts';
import { capacityOf } from '../support/capacity.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { clickEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const EMAILS = 400;

describe.each(engines())('the cost of recording on $name', ({ endpoint }) => {
  const { client, documents, requests } = clientOf(endpoint);
  const capacity = capacityOf(client);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let reads: string[];

  beforeAll(async () => {
    tables = await makeTables(client);
    const read = clientOf(endpoint);
    reads = read.requests;
    erasedPeople = erasedReader(read.documents, tables.erasures);
    await erasures(read.documents, tables.erasures).remember({
      ...{ address: 'somebody@example.com', erasedAt: '2026-11-25T11:00:00.000Z', suppressionToo: false },
    });
    reads.length = 0;
  });
  afterAll(() => tables.drop());

  const start = Date.parse('2026-11-25T12:00:00.000Z');
  let clock = start;
  let erasedPeople: ErasedReader;
  const record = (...bodies: readonly string[]) =>
    recordBatch(sqsEvent(bodies), {
      erasedPeople,
      recordFacts: factRecorder(documents, tables.emailStatus),
      retentionDays: 400,
      now: () => (clock += 500),
      ...silent(),
    });

  it('is at most 1.20 write units a fact on the table, 1.95 with the recipient and day indexes, 3.4 with the campaign index', async () => {
    const facts = mix();
    const before = requests.length;
    for (const body of facts) await record(body);
    const { table, byIndex, refused } = capacity();
    const perFact = (units: number) => Math.round((units / facts.length) * 1000) / 1000;

    const own = perFact(table + refused);
    const listed = perFact(table + refused + (byIndex.byRecipient ?? 0) + (byIndex.byDay ?? 0));
    const all = perFact(table + refused + Object.values(byIndex).reduce((sum, units) => sum + units, 0));
    console.log(
      `write units a fact: ${own} on the table, ${listed} with byRecipient and byDay, ${all} with byCampaign (${facts.length} facts)`,
    );
    expect(own).toBeLessThanOrEqual(1.2);
    expect(listed).toBeLessThanOrEqual(1.95);
    expect(all).toBeLessThanOrEqual(3.4);
    // No reads per fact; erasures are read once a minute, however many facts there are.
    expect(new Set(requests.slice(before))).toEqual(new Set(['UpdateItemCommand']));
    expect(new Set(reads)).toEqual(new Set(['QueryCommand']));
    expect(reads.length).toBeLessThanOrEqual(1 + (clock - start) / 60_000);
  });

  it('is an item of at most 1,024 bytes after the usual events', async () => {
    const mail = {
      messageId: '0100019abcdef012-3c0a1b2c-4d5e-6f70-8192-a3b4c5d6e7f8-000000',
      subject: 'Your October statement',
      tags: { campaign: ['statements-2026-10'], category: ['statement'], season: ['2026'] },
    };
    await record(
      sendEvent(mail),
      deliveryEvent(mail),
      openEvent(mail),
      openEvent(mail, '2026-11-24T19:31:10.044Z'),
      clickEvent(mail, `https://club.example/statements/${'x'.repeat(28)}`),
    );
    const { Item } = await documents.send(
      new GetCommand({
        TableName: tables.emailStatus,
        Key: { messageId: mail.messageId, recipient: 'ann@example.com' },
      }),
    );
    const size = sizeOf(Item);

    console.log(`item after the usual events: ${size} bytes`);
    expect(size).toBeLessThanOrEqual(1024);
  });
});

/**
 * 1 send, 1 delivery, 0.6 opens (a third of them repeats), 0.1 click an email; 5 % of all delivered twice, 5 % out of
 * order. By index rather than at random, so that the figure is the same in every run.
 */
const mix = (): readonly string[] => {
  const facts: string[] = [];
  for (let n = 0; n < EMAILS; n++) {
    const mail = {
      messageId: `0100019abcdef012-3c0a1b2c-4d5e-6f70-8192-${String(n).padStart(12, '0')}-000000`,
      destination: [`member${n}@example.com`],
      tags: { campaign: ['statements-2026-10'], category: ['statement'] },
    };
    facts.push(sendEvent(mail), deliveryEvent(mail));
    if (n % 5 < 2) facts.push(openEvent(mail));
    if (n % 5 === 0) facts.push(openEvent(mail, '2026-11-25T08:10:00.000Z'));
    if (n % 10 === 0) facts.push(clickEvent(mail));
  }
  for (let n = 0; n + 1 < facts.length; n += 20) [facts[n], facts[n + 1]] = [facts[n + 1] ?? '', facts[n] ?? ''];
  return facts.flatMap((fact, n) => (n % 20 === 7 ? [fact, fact] : [fact]));
};

/**
 * DynamoDB Developer Guide, CapacityUnitCalculations: names and strings by their UTF-8 bytes, numbers by half their
 * digits.
 */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Set) return [...value].reduce((sum, element) => sum + sizeOf(element), 0);
  if (Array.isArray(value)) return value.reduce((sum, element) => sum + sizeOf(element) + 1, 3);
  return Object.entries(value as object).reduce(
    (sum, [name, element]) => sum + Buffer.byteLength(name) + sizeOf(element),
    0,
  );
};
