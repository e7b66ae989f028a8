import { describe, expect, it } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { Contended } from '../../lambdas/store/dynamodb/update-item.ts';
import type { EmailFacts } from '../../lambdas/store/emails/record-facts.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, deliveryEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const mails = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ messageId: `m${n}`, destination: [`member${n}@example.com`] }));

const recorder = (write: (arrival: EmailFacts) => Promise<void> = async () => {}) => {
  const { said, ...listeners } = silent();
  const record = (...bodies: readonly string[]) =>
    recordBatch(sqsEvent(bodies), {
      recordFacts: write,
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      ...listeners,
    });
  return { record, said, metrics: listeners.metrics };
};

describe('a batch', () => {
  it('is delivered again where others got through before every attempt to write it', async () => {
    const { record, said } = recorder(async ({ messageId }) => {
      if (messageId === 'm1') throw new Contended('changed by others');
    });
    const { batchItemFailures } = await record(...mails(3).map((mail) => sendEvent(mail)));

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'r1' }]);
    expect(said).toContainEqual(['write failed', { error: 'Contended', writes: 1, records: ['r1'] }]);
  });

  it('fails the record that suppresses by a topic whose function may not, and records its status all the same', async () => {
    const recorded: EmailFacts[] = [];
    const { record } = recorder(async (arrival) => void recorded.push(arrival));
    const [one, other] = mails(2);
    const { batchItemFailures } = await record(bounceEvent(one), deliveryEvent(other));

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'r0' }]);
    expect(recorded.flatMap(({ facts }) => facts.map(({ kind }) => kind))).toEqual(['bounced_hard', 'delivered']);
  });

  it('outlives a record that the reader itself fails on, and says nothing of what is in it', async () => {
    const { record, said } = recorder();
    // JSON.parse reads it, and no walk through it ends.
    const deep = `{"eventType":"Send","mail":{"messageId":"m","tags":{"a":${'['.repeat(200_000)}"\\ud800"${']'.repeat(200_000)}}},"send":{}}`;
    const { batchItemFailures } = await record(deep, sendEvent());

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'r0' }]);
    expect(said).toContainEqual(['unreadable record', expect.objectContaining({ record: 'r0' })]);
  });

  it('writes many items at once, and not all of them', async () => {
    let [now, most] = [0, 0];
    const { record } = recorder(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    });
    await record(...mails(200).map((mail) => sendEvent(mail)));

    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(50);
  });

  it('counts in a metric what it acknowledged and what it could not read', async () => {
    const { record, metrics } = recorder();
    await record('{"eventType":"Novel"}', '{"eventType":"Novel"}', '{"notificationType":"Received"}', '{');

    expect(metrics.addMetric.mock.calls).toEqual([
      ['Acknowledged.unknown_event_type', 'Count', 2],
      ['Acknowledged.inbound_mail', 'Count', 1],
      ['Unreadable', 'Count', 1],
    ]);
    expect(metrics.publishStoredMetrics).toHaveBeenCalledOnce();
  });

  it('names no more than ten of the records that failed alike', async () => {
    const { record, said } = recorder(async () => Promise.reject(new Error('the store is away')));
    await record(...mails(60).map((mail) => sendEvent(mail)));
    const failures = said.filter(([what]) => what === 'write failed');

    expect(failures).toEqual([['write failed', { error: 'Error', writes: 60, records: expect.any(Array) }]]);
    expect(failures[0]?.[1]).toHaveProperty('records.length', 10);
  });

  it('describes an email by what is the sender’s, until the end of its retention', async () => {
    const recorded: EmailFacts[] = [];
    const { record } = recorder(async (arrival) => void recorded.push(arrival));
    const long = 'x'.repeat(2000);
    await record(
      sendEvent({ messageId: 'm', subject: long, tags: { season: ['2026'], long: [long], campaign: [long] } }),
    );

    expect(recorded[0]?.description).toEqual({
      // SES's own tags hold IP addresses, and a value that SES could not have taken is none.
      tags: { season: ['2026'] },
      subject: 'x'.repeat(500),
      from: 'office@club.example',
      envelopeSender: 'Office <office@club.example>',
      createdAt: '2026-11-24T10:00:01.000Z',
      dayShard: expect.stringMatching(/^2026-11-24\/[0-7]$/),
      // Seconds: 400 days after it was accepted.
      deleteAfter: Date.UTC(2027, 11, 29, 10, 0, 1) / 1000,
    });
  });
});
