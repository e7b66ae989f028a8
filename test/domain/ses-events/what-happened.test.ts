import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { QUEUED_AT } from '../../support/sqs-event.ts';

const mail = { messageId: 'm', destination: ['ann@example.com'] };
/** A record whose event is as it should be but for one part. */
const record = (eventType: string, body: object) => JSON.stringify({ eventType, mail, ...body });

describe('an event of SES', () => {
  it.each([
    ['Delivery', 'delivery', 'recipients'],
    ['DeliveryDelay', 'deliveryDelay', 'delayedRecipients'],
    ['Bounce', 'bounce', 'bouncedRecipients'],
    ['Complaint', 'complaint', 'complainedRecipients'],
  ])('%s is refused by the path of what is no list in it', (type, name, list) => {
    const body = { bounceType: 'Permanent', [list]: 'ann@example.com' };

    expect(() => parseEvent(record(type, { [name]: body }), QUEUED_AT)).toThrow(
      `${name}.${list} is of type string; SES publishes a list there`,
    );
  });

  it.each([
    ['Delivery', 'delivery'],
    ['DeliveryDelay', 'deliveryDelay'],
    ['Bounce', 'bounce'],
    ['Complaint', 'complaint'],
    ['Reject', 'reject'],
    ['Rendering Failure', 'failure'],
    ['Open', 'open'],
    ['Click', 'click'],
    ['Subscription', 'subscription'],
  ])('%s is refused by the name of the body that it has not', (type, name) => {
    expect(() => parseEvent(record(type, {}), QUEUED_AT)).toThrow(`${name} is missing; SES publishes an object there`);
  });

  it.each([
    ['Bounce', { bounce: {} }, 'bounce.bounceType is missing; SES publishes text there'],
    [
      'Subscription',
      { subscription: { newTopicPreferences: [] } },
      'subscription.newTopicPreferences is a list; SES publishes an object there',
    ],
  ])('%s is refused by the path of what it cannot do without', (type, body, message) => {
    expect(() => parseEvent(record(type, body), QUEUED_AT)).toThrow(message);
  });
});
