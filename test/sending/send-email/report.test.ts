import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Handled, reportResults } from '../../../lambdas/sending/send-email/report.ts';
import { ALREADY_HANDLED } from '../../../lambdas/sending/send-email/result.ts';
import { createHandler, type Dependencies } from '../../../lambdas/sending/sweep-emails/handler.ts';
import { silent } from '../../support/silent.ts';

const { logger } = silent();
/** Nothing is due, and no queue holds a message. */
async function* none() {}
const lane = { length: async () => 0, queueEmails: async () => {} };

describe('the metrics of sending and sweeping', () => {
  afterEach(() => vi.restoreAllMocks());

  /** The output, and how often Powertools warned that there was nothing to publish. */
  const printed = async (work: (metrics: Metrics) => void | Promise<void>) => {
    const warn = vi.fn();
    const metrics = new Metrics({ namespace: 'Spring', serviceName: 'send-email', logger: { ...console, warn } });
    const lines: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    await work(metrics);
    stdout.mockRestore();
    return { lines: lines.map((line) => JSON.parse(line)), warnings: warn.mock.calls.length };
  };
  const sent: Handled = { record: 'r0', result: { is: 'sent' } };
  const over: Handled = { record: 'r1', result: ALREADY_HANDLED };
  const sweeping = (metrics: Metrics) =>
    createHandler({
      ...{ logger, metrics, now: () => '', register: async () => true },
      ...({
        emails: { due: none, dueQueued: none },
        unfinished: { due: none },
        queues: { campaigns: lane, messages: lane },
      } as object),
      ...({ steps: lane } as object),
    } as unknown as Dependencies)({}, { getRemainingTimeInMillis: () => 240_000 });

  it('are published if there are any', async () => {
    const { lines, warnings } = await printed((metrics) => reportResults([sent, sent, over], { logger, metrics }));

    expect([lines, warnings]).toMatchObject([[{ sent: 2 }], 0]);
  });

  it('are not published if nothing was counted, without a warning', async () => {
    expect(await printed((metrics) => reportResults([over], { logger, metrics }))).toEqual({ lines: [], warnings: 0 });
    expect(await printed(sweeping)).toEqual({ lines: [], warnings: 0 });
  });

  // Powertools publishes by itself at 100 values of a metric.
  it('are not published twice if Powertools published them by itself', async () => {
    const { lines, warnings } = await printed((metrics) => {
      for (let value = 0; value < 99; value++) metrics.addMetric('sent', 'Count', 1);
      reportResults([sent], { logger, metrics });
    });

    expect([lines.length, warnings]).toEqual([1, 0]);
  });
});
