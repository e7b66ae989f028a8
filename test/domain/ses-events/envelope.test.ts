import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { deliveryEvent } from '../../support/ses-events.ts';
import { QUEUED_AT } from '../../support/sqs-event.ts';

const event = JSON.parse(deliveryEvent()) as Record<string, unknown>;
const { eventType, ...body } = event;
/** The same as a legacy notification, which says what it is in another field. */
const legacy = { ...body, notificationType: eventType };
const envelope = (Message: unknown, Type: unknown = 'Notification') => JSON.stringify({ Type, Message });
/** How many facts a record tells, or why it is acknowledged. */
const told = (record: string) => {
  const reading = parseEvent(record, QUEUED_AT);
  return reading.outcome === 'facts' ? reading.facts.length : reading.reason;
};

describe('an event of SES', () => {
  it.each([
    ['an event', event],
    ['a legacy notification', legacy],
    ['an event that has a field Type', { ...event, Type: 'Notification' }],
    ['a legacy notification that has one', { ...legacy, Type: 'Notification' }],
  ])('is read bare and in an envelope of SNS: %s', (_, one) => {
    const text = JSON.stringify(one);

    expect([told(text), told(envelope(text))]).toEqual([1, 1]);
  });

  it('may hold null beside half a character', () => {
    const text = JSON.stringify({ ...event, nothing: null, list: [null, 7] }).replace(/}$/, ',"half":"\\ud800"}');

    expect(told(text)).toBe(1);
  });
});

describe('what SNS says of itself', () => {
  it.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'])('is acknowledged: %s', (Type) => {
    expect(told(envelope('You have chosen to subscribe.', Type))).toBe('sns_control');
  });

  it('is acknowledged where SES checks a topic, bare and in an envelope', () => {
    const text = 'Successfully validated SNS topic for Amazon SES event publishing.';

    expect([told(text), told(envelope(text)), told(envelope(` \n${text}`))]).toEqual(['setup', 'setup', 'setup']);
  });
});

const NO_TYPE = 'neither eventType nor notificationType is a text; SES events carry one of them';

describe('a record that cannot be read', () => {
  it.each([
    [
      'is no JSON',
      'Delivery to ann@example.com',
      'not_json',
      'the record is not JSON; SES publishes its events as JSON',
    ],
    ['is no object', '["ann@example.com"]', 'wrong_shape', 'the record is a list; SES publishes an object there'],
    ['has no type', JSON.stringify(body), 'no_type', NO_TYPE],
    ['has an empty type', JSON.stringify({ ...body, eventType: '' }), 'no_type', NO_TYPE],
    ['has a type that is no text', JSON.stringify({ ...body, eventType: 7 }), 'no_type', NO_TYPE],
    [
      'is an envelope around nothing',
      envelope(undefined),
      'wrong_shape',
      'Message of the SNS envelope is missing; SES publishes text there',
    ],
    [
      'is a message that SNS has not',
      envelope('x', 'Whatever'),
      'no_type',
      'neither an SES event nor an SNS message of a type that SNS has',
    ],
    [
      'is an envelope around an envelope',
      envelope(envelope(JSON.stringify(event))),
      'no_type',
      'an SNS envelope holds another envelope; SES events are wrapped once',
    ],
    ['is an envelope around no JSON', envelope('ann'), 'not_json', /^the record is not JSON/],
    ['is an envelope around a text', envelope('"Type"'), 'wrong_shape', /^the record is of type string/],
    ['is an envelope around an object without a type', envelope('{}'), 'no_type', NO_TYPE],
  ] as const)('says what is wrong and quotes nothing where it %s', (_, record, code, message) => {
    expect(() => parseEvent(record, QUEUED_AT)).toThrow(
      expect.objectContaining({
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });
});
