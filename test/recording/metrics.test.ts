import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RecordingDependencies } from '../../lambdas/recording/dependencies.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { loadFixtures } from '../fixtures/fixture.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, complaintEvent, deliveryEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const NOW = '2026-11-24T10:00:05.000Z';

/** Records a batch and gives the lines of metrics that it printed. */
const record = async (bodies: readonly string[], more: Partial<RecordingDependencies> = {}) => {
  const printed: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const answer = await recordBatch(sqsEvent(bodies), {
    recordFacts: async () => {},
    recordSuppression: async () => {},
    retentionDays: 400,
    erasedPeople: nobodyErased,
    now: () => Date.parse(NOW),
    logger: silent().logger,
    metrics: new Metrics({ namespace: 'Spring', serviceName: 'record-it' }),
    ...more,
  });
  stdout.mockRestore();
  const lines = printed.map((line) => JSON.parse(line));
  return { ...answer, lines, counted: lines.map(({ _aws, service, ...counted }) => counted) };
};

describe('the metrics of a batch', () => {
  afterEach(() => vi.restoreAllMocks());

  it("are one line with the stack's namespace, the function, each kind, and how long each fact took", async () => {
    const { lines } = await record([sendEvent(), deliveryEvent(), sendEvent({ messageId: 'other' })]);

    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'Spring',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'sent', Unit: 'Count' },
                { Name: 'delivered', Unit: 'Count' },
                { Name: 'Latency', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        service: 'record-it',
        sent: 2,
        delivered: 1,
        Latency: [4000, 1880, 4000],
      },
    ]);
  });

  it('count mail to the simulator apart, since rates leave it out, but time it', async () => {
    const simulated = { destination: ['bounce+Ann@Simulator.amazonses.com'] };
    const { counted } = await record([bounceEvent(simulated), complaintEvent(simulated), bounceEvent()]);

    expect(counted).toEqual([{ simulator: 2, bounced_hard: 1, Latency: [1000, 2100, 1000] }]);
  });

  it('count what one batch tells twice once', async () => {
    const { counted } = await record([deliveryEvent(), deliveryEvent()]);

    expect(counted).toEqual([{ delivered: 1, Latency: 1880 }]);
  });

  // Powertools publishes by itself where a metric has 100 values, and then has none left to publish.
  it.each([99, 100, 101, 200])(
    'are all published, with nothing said of none, for a batch of %i facts',
    async (facts) => {
      const warn = vi.fn();
      const logger = { ...console, warn };
      const bodies = Array.from({ length: facts }, (_, index) => deliveryEvent({ messageId: `email-${index}` }));

      const { counted } = await record(bodies, {
        metrics: new Metrics({ namespace: 'Spring', serviceName: 'record-it', logger }),
      });

      const latencies = counted.flatMap(({ Latency = [] }) => Latency);
      expect([latencies.length, counted.reduce((sum, { delivered = 0 }) => sum + delivered, 0)]).toEqual([
        facts,
        facts,
      ]);
      expect(warn).not.toHaveBeenCalled();
    },
  );

  it('take a clock that is ahead of ours for no time at all', async () => {
    const { counted } = await record([bounceEvent({}, { timestamp: '2026-11-24T10:09:00.000Z' })]);

    expect(counted).toEqual([{ bounced_hard: 1, Latency: 0 }]);
  });

  it('say nothing of a fact that was not stored, and nothing at all where none was', async () => {
    const fails = async ({ messageId }: { messageId: string }) => {
      if (messageId === 'other') throw new Error('away');
    };
    const { counted } = await record([sendEvent(), sendEvent({ messageId: 'other' })], { recordFacts: fails });
    const none = await record([sendEvent({ messageId: 'other' })], { recordFacts: fails });

    expect(counted).toEqual([{ sent: 1, Latency: 4000 }]);
    expect(none.lines).toEqual([]);
  });

  it('do not count a record at each try: not before its suppression is stored too', async () => {
    const recordSuppression = async () => Promise.reject(new Error('away'));
    const { batchItemFailures, lines } = await record([bounceEvent()], { recordSuppression });

    expect(batchItemFailures).toHaveLength(1);
    expect(lines).toEqual([]);
    expect((await record([bounceEvent()])).counted).toEqual([{ bounced_hard: 1, Latency: 1000 }]);
  });

  it('keep every latency of a batch whose facts are more than CloudWatch takes in one list', async () => {
    const destination = Array.from({ length: 50 }, (_, n) => `member${n}@example.com`);
    const mails = ['a', 'b', 'c'].map((messageId) => ({ messageId, destination }));
    const { counted } = await record(mails.map((mail) => sendEvent(mail)));

    expect(counted.flatMap(({ Latency }) => Latency)).toHaveLength(150);
    for (const { Latency } of counted) expect(Latency.length).toBeLessThanOrEqual(100);
    expect(counted.reduce((sum, { sent = 0 }) => sum + sent, 0)).toBe(150);
  });

  it('are of the kinds that lib/recording/event-topics.ts says its topic brings, whatever SES publishes', async () => {
    const kinds = new Map(EVENT_TOPICS.map((feed) => [feed, new Set<string>()]));
    for (const { body } of loadFixtures()) {
      const { eventType, notificationType } = parsed(body);
      const feed = EVENT_TOPICS.find(({ events }) =>
        events.some((type) => fold(type) === fold(eventType ?? notificationType)),
      );
      if (feed === undefined) continue;
      const { counted } = await record([body]);
      for (const name of counted.flatMap(Object.keys)) kinds.get(feed)?.add(name);
    }
    const apart = /^(Latency|simulator|Unreadable|Acknowledged\..*)$/;

    for (const [{ id, kinds: told }, seen] of kinds) {
      expect([id, [...seen].filter((name) => !apart.test(name)).sort()]).toEqual([id, [...told].sort()]);
    }
  });
});

const fold = (type: unknown): string => String(type).replaceAll(/[ _]/g, '').toLowerCase();

const parsed = (body: string): { eventType?: string; notificationType?: string } => {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
};
