import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RecordingDependencies, SuppressingDependencies } from '../../lambdas/recording/dependencies.ts';
import { batchRecorder } from '../../lambdas/recording/record-batch.ts';
import { createHandler as bounce } from '../../lambdas/recording/record-bounce/handler.ts';
import { createHandler as click } from '../../lambdas/recording/record-click/handler.ts';
import type { LastEmails } from '../../lambdas/store/emails/last-emails-to.ts';
import type { FactRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { loadFixtures } from '../fixtures/fixture.ts';
import { personalData } from '../fixtures/personal-data.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const fixtures = loadFixtures();
const { addresses, subjects } = personalData(fixtures);

const HANDLERS = {
  ...{ bounce, click },
  ...{ complaint: batchRecorder, delivery: batchRecorder, open: batchRecorder, subscription: batchRecorder },
} as const;

/** The SDK's messages quote keys: a store that fails names the very address it failed for. */
const failingStore: FactRecorder = async ({ recipient, description }) => {
  throw new Error(`the item of ${recipient}, ${description.subject}, could not be written`);
};
const noEmails: LastEmails = async function* () {};
const workingStore: FactRecorder = async () => {};

describe.each(Object.entries(HANDLERS))('the log of record-%s', (topic, createHandler) => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['works', workingStore],
    ['fails', failingStore],
  ] as const)('holds no address and no subject when the store %s', async (_, recordFacts) => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    }
    vi.spyOn(console, 'log').mockImplementation((text) => void written.push(String(text)));
    const suppresses = topic === 'bounce' || topic === 'complaint' || topic === 'subscription';
    const dependencies: RecordingDependencies = {
      recordFacts,
      ...(suppresses && { recordSuppression: async ({ address }) => Promise.reject(new Error(address)) }),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      logger: new Logger({ serviceName: topic, logLevel: 'DEBUG' }),
      metrics: new Metrics({ namespace: 'Mailtrail' }),
    };
    const lookingBack = { lastEmails: noEmails, rule: { bounces: 3, hours: 72, days: 30 } };
    const handle = createHandler({
      ...lookingBack,
      clickedLinks: 'full',
      ...(dependencies as SuppressingDependencies),
    });

    for (const { body } of fixtures) await handle(sqsEvent([body]));
    await handle(sqsEvent(fixtures.map(({ body }) => body)));
    vi.restoreAllMocks();
    const log = written.join('');

    for (const line of ['recorded', 'unreadable record', ...(recordFacts === failingStore ? ['write failed'] : [])]) {
      expect(log.includes(line)).toBe(true);
    }
    expect([...addresses, ...subjects].filter((personal) => log.includes(personal))).toEqual([]);
    // What a library may print escaped, or cut: no address at all, of whomever.
    expect(/[^\s"]@[^\s"]/.exec(log)).toBeNull();
  });
});
