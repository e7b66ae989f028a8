import { isObject, type Json, objectAt, textAt, UnreadableRecord } from '../values/json.ts';
import { readTime } from '../values/time.ts';
import type { FiledFact } from './attribution.ts';
import { bounce } from './bounce.ts';
import { complaint } from './complaint.ts';
import { delivery } from './delivery.ts';
import { deliveryDelay } from './delivery-delay.ts';
import { click, open } from './engagement.ts';
import type { EventReader } from './event-reader.ts';
import { type Message, readMail } from './mail.ts';
import { reject, renderingFailure, send } from './send.ts';
import { subscription } from './subscription.ts';
import type { SuppressionChange } from './suppression-change.ts';

/**
 * Where each event of SES is handled. The names are those of `eventType` (event-publishing-retrieving-sns-contents).
 */
const EVENTS: Readonly<Record<string, EventReader>> = {
  Send: send,
  Delivery: delivery,
  DeliveryDelay: deliveryDelay,
  Reject: reject,
  'Rendering Failure': renderingFailure,
  Bounce: bounce,
  Complaint: complaint,
  Open: open,
  Click: click,
  Subscription: subscription,
};

/** The event types of SES that are understood. */
export const EVENT_TYPES: readonly string[] = Object.keys(EVENTS);

/** The content of a record of a topic's queue. */
export type ParsedEvent =
  | Readonly<{
      outcome: 'facts';
      message: Message;
      /** ISO 8601: when SNS received the event. */
      arrivedAt: string;
      facts: readonly FiledFact[];
      suppressions: readonly SuppressionChange[];
    }>
  | Readonly<{ outcome: 'acknowledged'; reason: Acknowledged }>;

/** Readable, but not about an email the account sent; repeating it would change nothing. */
export type Acknowledged = 'setup' | 'sns_control' | 'inbound_mail' | 'unknown_event_type' | 'no_change';

/**
 * Reads the body of one record: an SES event or a legacy identity notification, raw or in an SNS envelope.
 * @param queuedAt ISO 8601, when SQS received the record: the arrival time if no envelope has the time at SNS
 * @throws UnreadableRecord if it can't be read; the record must then be kept for a person to examine.
 */
export const parseEvent = (body: string, queuedAt: string): ParsedEvent => {
  if (SETUP_TEXT.test(body)) return { outcome: 'acknowledged', reason: 'setup' };
  const event = objectAt(parse(body), 'the record');
  if (!('eventType' in event) && !('notificationType' in event) && 'Type' in event)
    return readEnvelope(event, queuedAt);

  const type = event.eventType || event.notificationType;
  if (typeof type !== 'string' || type === '') {
    throw new UnreadableRecord(
      'no_type',
      'neither eventType nor notificationType is a text; SES events carry one of them',
    );
  }
  if (type === 'AmazonSnsSubscriptionSucceeded') return { outcome: 'acknowledged', reason: 'setup' };
  if (type === 'Received') return { outcome: 'acknowledged', reason: 'inbound_mail' };
  const tell = Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
  if (tell === undefined) return { outcome: 'acknowledged', reason: 'unknown_event_type' };

  const message = readMail(event.mail);
  const { facts, suppressions = [] } = tell(event, message, queuedAt);
  return facts.length === 0
    ? { outcome: 'acknowledged', reason: 'no_change' }
    : {
        ...{ outcome: 'facts', message, arrivedAt: queuedAt, facts },
        suppressions: suppressions.map((change) => ({ ...change, arrivedAt: queuedAt })),
      };
};

/** Published as plain text when a topic is attached to a configuration set. */
const SETUP_TEXT = /^\s*Successfully validated SNS topic\b/;

/** SNS Developer Guide, sns-message-and-json-formats: what arrives if raw message delivery is off. */
const readEnvelope = ({ Type, Message: inner, Timestamp }: Json, queuedAt: string): ParsedEvent => {
  switch (Type) {
    case 'Notification':
      return parseEvent(insideOnce(textAt(inner, 'Message of the SNS envelope')), readTime(Timestamp) ?? queuedAt);
    case 'SubscriptionConfirmation':
    case 'UnsubscribeConfirmation':
      return { outcome: 'acknowledged', reason: 'sns_control' };
    default:
      throw new UnreadableRecord('no_type', 'neither an SES event nor an SNS message of a type that SNS has');
  }
};

/** SNS wraps once; an envelope in an envelope would let a crafted body recurse as deep as it is long. */
const insideOnce = (text: string): string => {
  if (SETUP_TEXT.test(text)) return text;
  const inner = parse(text);
  if (isObject(inner) && 'Type' in inner && !('eventType' in inner) && !('notificationType' in inner)) {
    throw new UnreadableRecord('no_type', 'an SNS envelope holds another envelope; SES events are wrapped once');
  }
  return text;
};

const parse = (text: string): unknown => {
  try {
    const parsed = JSON.parse(text);
    return HALF_A_PAIR.test(text) ? wellFormed(parsed) : parsed;
  } catch {
    // JSON.parse quotes the text in its message, and the text contains addresses.
    throw new UnreadableRecord('not_json', 'the record is not JSON; SES publishes its events as JSON');
  }
};

/** An escaped UTF-16 surrogate. Half a pair is not a character, and a UTF-8 store always rejects it. */
const HALF_A_PAIR = /\\ud[89a-f]/i;

const wellFormed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), wellFormed(inner)]));
};
