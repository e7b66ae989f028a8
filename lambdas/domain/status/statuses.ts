/**
 * Every status an email to one recipient can have, and how strongly each is held.
 *
 * Nothing else in the code may invent a status. Ranks from 100 on belong to what SES told: the highest proposal among an
 * email's facts wins, so neither order of arrival nor repeats can change a status. Below 100 the sender owns the status.
 */

/** The families a front end colours by. */
export type Group =
  | 'before sending'
  | 'not attempted'
  | 'in transit'
  | 'delivered'
  | 'not delivered'
  | 'engaged'
  | 'complained';

type Row = Readonly<{
  /** What the sender proposes below 100, what SES's word proposes from 100 on; usually one of the two. */
  ranks: readonly [number, ...number[]];
  group: Group;
  /** For the reader: from here only later evidence from SES can still change it. Folding knows nothing of it. */
  final: boolean;
}>;

export const STATUSES = {
  planned: { ranks: [10], group: 'before sending', final: false },
  pending_approval: { ranks: [20], group: 'before sending', final: false },
  approved: { ranks: [30], group: 'before sending', final: false },
  queued: { ranks: [40], group: 'before sending', final: false },
  throttled: { ranks: [50], group: 'before sending', final: false },
  depleted: { ranks: [55], group: 'before sending', final: false },
  sending: { ranks: [60], group: 'before sending', final: false },
  skipped: { ranks: [70], group: 'not attempted', final: true },
  canceled_duplicate: { ranks: [71], group: 'not attempted', final: true },
  canceled_unsubscribed: { ranks: [72], group: 'not attempted', final: true },
  canceled: { ranks: [73], group: 'not attempted', final: true },
  quarantined: { ranks: [74], group: 'not attempted', final: true },
  expired: { ranks: [75], group: 'not attempted', final: true },
  invalid_address: { ranks: [76, 506], group: 'not attempted', final: true },
  suppressed: { ranks: [77, 507], group: 'not attempted', final: true },
  rejected: { ranks: [508], group: 'not attempted', final: true },
  failed_rendering: { ranks: [78, 509], group: 'not attempted', final: true },
  failed_sending: { ranks: [79], group: 'not attempted', final: true },
  sent: { ranks: [100], group: 'in transit', final: false },
  deferred: { ranks: [110], group: 'in transit', final: false },
  delivered: { ranks: [200], group: 'delivered', final: false },
  // 120: a bounce without any evidence looks exactly like an out-of-office reply, so a Delivery outranks it.
  bounced_soft: { ranks: [120, 210], group: 'not delivered', final: false },
  bounced_undetermined: { ranks: [120, 211], group: 'not delivered', final: false },
  bounced_hard: { ranks: [520], group: 'not delivered', final: true },
  opened: { ranks: [300], group: 'engaged', final: false },
  read: { ranks: [310], group: 'engaged', final: false },
  clicked: { ranks: [320], group: 'engaged', final: false },
  unsubscribed: { ranks: [400], group: 'engaged', final: true },
  complained: { ranks: [600], group: 'complained', final: true },
} as const satisfies Record<string, Row>;

export type Status = keyof typeof STATUSES;

/** All statuses, in the order of the table above: the order a reference list shows them in. */
export const STATUS_NAMES = Object.keys(STATUSES) as readonly Status[];

/** Whether a text (a row's, a parameter's) names a status. */
export const isStatus = (text: unknown): text is Status => typeof text === 'string' && Object.hasOwn(STATUSES, text);
