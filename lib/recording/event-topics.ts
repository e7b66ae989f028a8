import { EmailSendingEvent as Event } from 'aws-cdk-lib/aws-ses';
import type { FactKind } from '../../lambdas/domain/status/fact.ts';
import type { FunctionName } from '../constructs/function-folders.ts';

/** The functions that record events. */
export type RecorderName = Extract<FunctionName, `record-${string}`>;

/** One topic of SES events and the function that records them. */
export type EventTopic = Readonly<{
  /** The construct's id, and with it the beginning of its logical ids: renaming one replaces its queues. */
  id: string;
  events: readonly Event[];
  /** What its events tell. */
  kinds: readonly FactKind[];
  /** The function that records the topic's events. */
  recorder: RecorderName;
  /** Batches recorded at once. */
  concurrency: number;
  /** Its events may suppress an address. */
  suppresses: boolean;
  /** Its function looks at the last emails to an address that bounced softly. */
  looksBack: boolean;
  /** SES tells these outcomes by legacy identity notifications too. */
  legacy: boolean;
}>;

/**
 * Every SES event type, once. Opens and clicks come in floods, and one environment records some 700 facts a second:
 * their five stay below the 4,000 writes a second a new table takes, so bounces and complaints find room in the table
 * and in the account's concurrency.
 */
export const EVENT_TOPICS: readonly EventTopic[] = [
  {
    id: 'Delivery',
    events: [Event.SEND, Event.DELIVERY, Event.DELIVERY_DELAY, Event.REJECT, Event.RENDERING_FAILURE],
    kinds: ['sent', 'delivered', 'deferred', 'rejected', 'failed_rendering'],
    recorder: 'record-delivery',
    concurrency: 10,
    suppresses: false,
    looksBack: false,
    legacy: true,
  },
  {
    id: 'Bounce',
    events: [Event.BOUNCE],
    kinds: [
      ...(['bounced_hard', 'bounced_soft', 'bounced_undetermined', 'suppressed', 'invalid_address'] as const),
      ...(['deferred', 'relayed'] as const),
    ],
    recorder: 'record-bounce',
    concurrency: 5,
    suppresses: true,
    looksBack: true,
    legacy: true,
  },
  {
    id: 'Complaint',
    events: [Event.COMPLAINT],
    kinds: ['complained', 'not_spam', 'auth_failure_report', 'virus_report', 'suppressed'],
    recorder: 'record-complaint',
    concurrency: 5,
    suppresses: true,
    looksBack: false,
    legacy: true,
  },
  {
    id: 'Open',
    events: [Event.OPEN],
    kinds: ['opened'],
    recorder: 'record-open',
    concurrency: 3,
    suppresses: false,
    looksBack: false,
    legacy: false,
  },
  {
    id: 'Click',
    events: [Event.CLICK],
    kinds: ['clicked'],
    recorder: 'record-click',
    concurrency: 2,
    suppresses: false,
    looksBack: false,
    legacy: false,
  },
  {
    id: 'Subscription',
    events: [Event.SUBSCRIPTION],
    kinds: ['unsubscribed', 'resubscribed'],
    recorder: 'record-subscription',
    concurrency: 2,
    suppresses: true,
    looksBack: false,
    legacy: false,
  },
];
