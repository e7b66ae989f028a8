import { describe, expect, it } from 'vitest';
import { EVENT_TOPICS } from '../../../lib/recording/event-topics.ts';
import { deployedQueues, pairsOf } from '../../../scripts/redrive/deployed-queues.ts';
import { idOf, synthesize } from '../../lib/synthesized.ts';
import { simulatedAws } from './simulated-sqs.ts';

const IDS = ['RecordingBounceQueue34C9663C', 'RecordingBounceFailed013C7858', 'RecordingBounceUndelivered38CCBBD2'];

describe('the dead-letter queues of a deployed stack', () => {
  it('are found by their ids in the stack, each with its source queue', () => {
    const stack = synthesize();
    const pairs = pairsOf(
      Object.entries(stack.resources).map(([id, { Type }]) => ({
        ResourceType: Type,
        LogicalResourceId: id,
        PhysicalResourceId: id,
      })),
    );
    const expected = stack.eventTopics.flatMap((topic) => {
      const { subscription, queue } = stack.follow(topic);
      const source = idOf(subscription.Endpoint);
      return [
        { url: idOf(queue.Properties.RedrivePolicy.deadLetterTargetArn), source, by: 'SQS' },
        { url: idOf(subscription.RedrivePolicy.deadLetterTargetArn), source, by: 'SNS' },
      ];
    });

    // Also the queues of addresses to mirror to SES’s suppression list, of people to erase, of emails and single
    // messages to send, and of campaigns to advance.
    expect(pairs).toHaveLength(2 * EVENT_TOPICS.length + 5);
    expect(pairs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        ['bounce', 'emails-to-send', 'messages-to-send', 'campaigns-to-advance'].map((queue) => `${queue}-failed`),
      ),
    );
    expect(pairs.find(({ name }) => name === 'erasure-failed')?.source).toMatch(/^ErasureQueue/);
    expect(pairs.find(({ name }) => name === 'suppression-mirror-failed')).toMatchObject({
      source: expect.stringMatching(/^SuppressionSyncSuppressionMirrorQueue/),
      by: 'SQS',
    });
    expect(pairs.map(({ name: _, ...pair }) => pair)).toEqual(expect.arrayContaining(expected));
    expect(pairs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        EVENT_TOPICS.flatMap(({ id }) => [`${id}-failed`, `${id}-undelivered`]).map((name) => name.toLowerCase()),
      ),
    );
  });

  it('are shown if they have messages, which stay visible', async () => {
    const { clients, calls } = simulatedAws(IDS, { 'url-RecordingBounceFailed013C7858': ['a', 'b'] });
    const [queue, ...others] = await deployedQueues('Mailtrail', clients);

    expect(others).toEqual([]);
    expect(queue).toMatchObject({ name: 'bounce-failed', count: 2 });
    expect(queue?.some).toEqual(
      ['a', 'b'].map((body) => ({
        messageId: `id of ${body}`,
        sentAt: '2025-11-24T16:00:00.000Z',
        reason: undefined,
        body,
      })),
    );
    for (const call of calls.filter((each) => each.startsWith('Receive')))
      expect(call).toContain('"VisibilityTimeout":0');
  });

  it('must include the given name, and are listed otherwise, before any is read', async () => {
    const { clients, calls } = simulatedAws(IDS, { 'url-RecordingBounceFailed013C7858': ['a'] });

    expect(await deployedQueues('Mailtrail', clients, 'bounce-undelivered')).toMatchObject([{ name: 'bounce-failed' }]);
    calls.length = 0;
    for (const name of ['nope', '', 'Bounce-Failed', 'bounce']) {
      await expect(deployedQueues('Mailtrail', clients, name)).rejects.toMatchObject({
        exitCode: 2,
        message: `--queue: there is no dead-letter queue "${name}"; there are bounce-failed, bounce-undelivered.`,
      });
    }
    expect(new Set(calls.map((call) => call.split(' ')[0]))).toEqual(new Set(['ListStackResourcesCommand']));
  });

  it('are moved back by SQS if a function failed, with progress', async () => {
    const { clients, calls } = simulatedAws(IDS, { 'url-RecordingBounceFailed013C7858': ['a', 'b'] });
    const [queue] = await deployedQueues('Mailtrail', clients);
    const progress: number[] = [];

    expect(await queue?.move((moved) => progress.push(moved))).toEqual({ moved: 2, problem: undefined });
    expect(progress).toEqual([1, 2]);
    expect(calls).toContain('StartMessageMoveTaskCommand {"SourceArn":"arn:url-RecordingBounceFailed013C7858"}');
  });

  it('are sent again one by one if SNS failed, each deleted only after it is sent', async () => {
    const all = Array.from({ length: 25 }, (_, n) => `body ${n}`);
    const { clients, calls, bodies } = simulatedAws(IDS, { 'url-RecordingBounceUndelivered38CCBBD2': all });
    const [queue] = await deployedQueues('Mailtrail', clients);
    const moved = await queue?.move(() => {});
    const steps = calls.flatMap((call) => call.match(/^(Send|Delete)/)?.[1] ?? []);

    expect(moved).toEqual({ moved: 25 });
    expect(bodies).toMatchObject({
      'url-RecordingBounceQueue34C9663C': all,
      'url-RecordingBounceUndelivered38CCBBD2': [],
    });
    expect(steps).toEqual(all.flatMap(() => ['Send', 'Delete']));
  });
});
