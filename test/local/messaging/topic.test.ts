import { describe, expect, it } from 'vitest';
import { deadLettersIn } from '../../../local/messaging/dead-letters.ts';
import { chooseTopic } from '../../../local/messaging/event-topics.ts';
import { Queue } from '../../../local/messaging/queue.ts';
import { Topic } from '../../../local/messaging/topic.ts';
import { readFilterPolicy } from '../../../local/template/filter-policy.ts';
import { TemplateValue } from '../../../local/template/template-value.ts';
import type { SubscriptionBlueprint } from '../../../local/template/topics.ts';

const value = (raw: unknown) =>
  new TemplateValue(raw, { ref: () => undefined, attribute: () => undefined }, 'Sub.FilterPolicy');

const subscribed = (subscription: Partial<SubscriptionBlueprint>, maximumMessageSize = 2_000) => {
  const queue = new Queue({ name: 'q', arn: 'arn:q', maximumMessageSize, redrive: undefined });
  const undelivered = new Queue({
    name: 'undelivered',
    arn: 'arn:u',
    maximumMessageSize: 1_000_000,
    redrive: undefined,
  });
  const whole = { queue: 'arn:q', raw: true, filter: undefined, deadLetterQueue: 'arn:u', ...subscription };
  const queues = new Map([queue, undelivered].map((one) => [one.arn, one] as const));
  const topic = new Topic({ name: 'bounce', logicalId: 'T1', arn: 'arn:t', subscriptions: [whole] }, queues);
  return { topic, bodies: () => queue.visible.map(({ body }) => body), dead: () => deadLettersIn([undelivered]) };
};

describe('a topic', () => {
  it('delivers the bare message if the subscription is raw', () => {
    const { topic, bodies } = subscribed({ raw: true });
    topic.publish(' {"a": 1}\n');

    expect(bodies()).toEqual([' {"a": 1}\n']);
  });

  it('delivers an envelope if the subscription is not raw', () => {
    const { topic, bodies } = subscribed({ raw: false });
    topic.publish('{"a": 1}\n');

    expect(bodies().map((body) => JSON.parse(body))).toMatchObject([
      { Type: 'Notification', TopicArn: 'arn:t', Message: '{"a": 1}\n', Timestamp: expect.stringMatching(/Z$/) },
    ]);
  });

  it('passes on a message that has an envelope unchanged, with its timestamp', () => {
    const { topic, bodies } = subscribed({ raw: false });
    const envelope = {
      Type: 'Notification',
      MessageId: 'm',
      Message: '{"a": 1}',
      Timestamp: '2026-11-24T10:00:00.000Z',
    };
    topic.publish(JSON.stringify(envelope));
    topic.publish('{"Type": "Notification"}');
    topic.publish('"Type": not JSON');

    expect(bodies()[0]).toBe(JSON.stringify(envelope));
    expect(
      bodies()
        .slice(1)
        .map((body) => JSON.parse(body).Message),
    ).toEqual(['{"Type": "Notification"}', '"Type": not JSON']);
  });

  it('sends a message that a queue rejects to the subscription’s dead-letter queue', () => {
    const { topic, bodies, dead } = subscribed({}, 100);
    topic.publish('x'.repeat(101));

    expect(bodies()).toEqual([]);
    expect(dead()).toMatchObject([{ from: 'bounce', reason: 'longer than the 100 bytes q accepts' }]);
  });
});

describe('a filter policy', () => {
  it.each([
    [{ kind: ['a', 'b'] }, { kind: 'b' }, { kind: 'c' }],
    [{ kind: [{ prefix: 'bo' }] }, { kind: 'bounce' }, { kind: 'rebound' }],
    [{ kind: [{ suffix: 'ce' }] }, { kind: 'bounce' }, { kind: 'cell' }],
    [{ kind: [{ 'equals-ignore-case': 'Bounce' }] }, { kind: 'BOUNCE' }, { kind: 'bounces' }],
    [{ kind: [{ 'anything-but': ['a'] }] }, { kind: 'b' }, { kind: 'a' }],
    [{ kind: [{ 'anything-but': { prefix: 'a' } }] }, { kind: 'ba' }, { kind: 'ab' }],
    [{ kind: [{ exists: true }] }, { kind: 0 }, {}],
    [{ kind: [{ exists: false }] }, {}, { kind: 'a' }],
    [{ size: [{ numeric: ['>=', 2, '<', 5] }] }, { size: 2 }, { size: 5 }],
    [
      { kind: ['a'], size: [1] },
      { kind: 'a', size: 1 },
      { kind: 'a', size: 2 },
    ],
    [{ mail: { tags: ['x'] } }, { mail: { tags: ['y', 'x'] } }, { mail: { tags: ['y'] } }],
    [{ kind: ['a'] }, { kind: 'a' }, 'no object'],
  ])('%j accepts %j and rejects %j', (policy, wanted, unwanted) => {
    const matches = readFilterPolicy(value(policy), value('MessageBody'));
    const verdicts = [wanted, unwanted].map((message) => matches({ body: JSON.stringify(message), attributes: {} }));

    expect(verdicts).toEqual([true, false]);
  });

  it('applies to attributes by default', () => {
    const matches = readFilterPolicy(value({ kind: ['a'] }), value(undefined));

    expect(matches({ body: '{"kind":"a"}', attributes: {} })).toBe(false);
    expect(matches({ body: '', attributes: { kind: 'a' } })).toBe(true);
  });

  it('keeps messages that do not match out of the queue', () => {
    const { topic, bodies } = subscribed({ filter: readFilterPolicy(value({ kind: ['a'] }), value('MessageBody')) });
    topic.publish('{"kind":"a"}');
    topic.publish('{"kind":"b"}');
    topic.publish('no JSON');

    expect(bodies()).toEqual(['{"kind":"a"}']);
  });
});

describe('the topic of an event', () => {
  const { topic } = subscribed({});
  const topics = {
    all: [topic],
    destinations: [{ configurationSet: 'c', eventTypes: ['bounce', 'renderingFailure'], topic: 'arn:t' }],
  };
  const chosen = (body: unknown, name?: string) =>
    chooseTopic(topics, typeof body === 'string' ? body : JSON.stringify(body), name);

  it.each([
    ['an event', { eventType: 'Bounce' }],
    ['an event of two words', { eventType: 'Rendering Failure' }],
    ['a legacy notification', { notificationType: 'Bounce' }],
    ['an envelope', { Type: 'Notification', Message: '{"eventType":"Bounce"}' }],
  ])('is found by the type of %s', (_name, body) => {
    expect(chosen(body)).toEqual({ topic });
  });

  it('is the one named, by short name or logical id, whatever the body', () => {
    expect([chosen('x', 'bounce'), chosen('x', 'T1')]).toEqual([{ topic }, { topic }]);
  });

  it('is not guessed from an invalid body or an unknown name', () => {
    expect(chosen('x', 'nobody')).toEqual({ unknown: 'There is no topic "nobody"; there are bounce.' });
    for (const body of ['no JSON', '[]', 'null', '{"eventType":7}', { eventType: 'Open' }]) {
      expect(chosen(body)).toHaveProperty('unclear', expect.stringContaining('?topic= one of bounce'));
    }
  });
});
