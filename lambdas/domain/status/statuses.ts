/**
 * The one table of statuses: every status that an email to one recipient can have, and what the code needs to know of
 * it.
 *
 * A row has exactly the cells of its group, so a new status that misses one does not compile. Every other list of
 * statuses picks from this table, by type (`StatusWith`) and by value (`statusesWith`, `isStatusWith`).
 */

/** The groups that a front end colors by. */
export type Group =
  | 'before sending'
  | 'not attempted'
  | 'in transit'
  | 'delivered'
  | 'not delivered'
  | 'engaged'
  | 'complained';

/**
 * How strongly a status is held: of all that is proposed for an email the highest rank wins, so neither order of
 * arrival nor repeats can change a status. Stored with each email, so a rank is never changed.
 */
type Ranks =
  /** Below 100: given by Mailtrail before the email is sent. */
  | Readonly<{ sender: number }>
  /** From 100 on: given by what SES reports. */
  | Readonly<{ ses: number }>
  | Readonly<{ sender: number; ses: number }>
  /** A bounce without any evidence looks exactly like an out-of-office reply, so a Delivery outranks it. */
  | Readonly<{ withoutEvidence: number; ses: number }>;

/** What every status has. */
type Cells = Readonly<{
  ranks: Ranks;
  /** Only later evidence from SES can still change it. For readers: the ranks alone decide. */
  final: boolean;
}>;

/** What else a group asks of its statuses. */
type GroupCells = Readonly<
  | {
      group: 'before sending';
      /**
       * What the email waits for: the start of its mailing, in which case the row is stored as `queued`; a message of
       * the queue; the day's quota, until a time on its row; or SES's answer.
       */
      waitsFor: 'its mailing' | 'the queue' | 'quota' | 'SES';
    }
  | {
      group: 'not attempted';
      /**
       * What stops the email. Before SES is called, the send policy or the template; an email can be accepted with it.
       */
      stoppedBy: 'send policy' | 'template' | 'SES';
      /** Whether a mailing that ends without being sent can have it as its state. */
      endsMailing: boolean;
    }
  /** `hasReason`: whether a bounce or delay can have a failure reason (ses-events/enhanced-status-code.ts). */
  | { group: 'in transit' | 'not delivered'; hasReason: boolean }
  | { group: 'delivered' | 'engaged' | 'complained' }
>;

const BEFORE_SENDING = { group: 'before sending', final: false } as const;
const NOT_ATTEMPTED = { group: 'not attempted', final: true } as const;

export const STATUSES = {
  planned: { ...BEFORE_SENDING, ranks: { sender: 10 }, waitsFor: 'its mailing' },
  pending_approval: { ...BEFORE_SENDING, ranks: { sender: 20 }, waitsFor: 'its mailing' },
  approved: { ...BEFORE_SENDING, ranks: { sender: 30 }, waitsFor: 'its mailing' },
  queued: { ...BEFORE_SENDING, ranks: { sender: 40 }, waitsFor: 'the queue' },
  throttled: { ...BEFORE_SENDING, ranks: { sender: 50 }, waitsFor: 'the queue' },
  depleted: { ...BEFORE_SENDING, ranks: { sender: 55 }, waitsFor: 'quota' },
  sending: { ...BEFORE_SENDING, ranks: { sender: 60 }, waitsFor: 'SES' },
  skipped: { ...NOT_ATTEMPTED, ranks: { sender: 70 }, stoppedBy: 'send policy', endsMailing: false },
  canceled_duplicate: { ...NOT_ATTEMPTED, ranks: { sender: 71 }, stoppedBy: 'send policy', endsMailing: false },
  canceled_unsubscribed: { ...NOT_ATTEMPTED, ranks: { sender: 72 }, stoppedBy: 'send policy', endsMailing: false },
  canceled: { ...NOT_ATTEMPTED, ranks: { sender: 73 }, stoppedBy: 'send policy', endsMailing: true },
  quarantined: { ...NOT_ATTEMPTED, ranks: { sender: 74 }, stoppedBy: 'send policy', endsMailing: true },
  expired: { ...NOT_ATTEMPTED, ranks: { sender: 75 }, stoppedBy: 'send policy', endsMailing: true },
  invalid_address: { ...NOT_ATTEMPTED, ranks: { sender: 76, ses: 506 }, stoppedBy: 'send policy', endsMailing: false },
  suppressed: { ...NOT_ATTEMPTED, ranks: { sender: 77, ses: 507 }, stoppedBy: 'send policy', endsMailing: false },
  rejected: { ...NOT_ATTEMPTED, ranks: { ses: 508 }, stoppedBy: 'SES', endsMailing: false },
  failed_rendering: { ...NOT_ATTEMPTED, ranks: { sender: 78, ses: 509 }, stoppedBy: 'template', endsMailing: false },
  failed_sending: { ...NOT_ATTEMPTED, ranks: { sender: 79 }, stoppedBy: 'SES', endsMailing: false },
  sent: { ranks: { ses: 100 }, group: 'in transit', final: false, hasReason: false },
  deferred: { ranks: { ses: 110 }, group: 'in transit', final: false, hasReason: true },
  delivered: { ranks: { ses: 200 }, group: 'delivered', final: false },
  bounced_soft: { ranks: { withoutEvidence: 120, ses: 210 }, group: 'not delivered', final: false, hasReason: true },
  bounced_undetermined: {
    ranks: { withoutEvidence: 120, ses: 211 },
    group: 'not delivered',
    final: false,
    hasReason: true,
  },
  bounced_hard: { ranks: { ses: 520 }, group: 'not delivered', final: true, hasReason: true },
  opened: { ranks: { ses: 300 }, group: 'engaged', final: false },
  read: { ranks: { ses: 310 }, group: 'engaged', final: false },
  clicked: { ranks: { ses: 320 }, group: 'engaged', final: false },
  unsubscribed: { ranks: { ses: 400 }, group: 'engaged', final: true },
  complained: { ranks: { ses: 600 }, group: 'complained', final: true },
} as const satisfies Record<string, Cells & GroupCells>;

export type Status = keyof typeof STATUSES;

/** All statuses, in the order of the table above: the order a reference list shows them in. */
export const STATUS_NAMES = Object.keys(STATUSES) as readonly Status[];

/** Whether a text (a row's, a parameter's) names a status. */
export const isStatus = (text: unknown): text is Status => typeof text === 'string' && Object.hasOwn(STATUSES, text);

/** Values of cells by which statuses are picked. */
type Picked = { readonly [Name in keyof Everything]?: Everything[Name] };
type Everything = Cells & Merged<GroupCells>;
type Merged<Union> = {
  [Name in Union extends unknown ? keyof Union : never]: Extract<Union, Record<Name, unknown>>[Name];
};

/** The statuses whose rows have these cells. */
export type StatusWith<Of extends Picked> = {
  [Name in Status]: (typeof STATUSES)[Name] extends Of ? Name : never;
}[Status];

/** Whether a status's row has these cells. */
export const isStatusWith = <const Of extends Picked>(status: Status, cells: Of): status is StatusWith<Of> => {
  const row: Readonly<Record<string, unknown>> = STATUSES[status];
  return Object.entries(cells).every(([name, value]) => row[name] === value);
};

/** The statuses whose rows have these cells, in the order of the table. */
export const statusesWith = <const Of extends Picked>(cells: Of): readonly StatusWith<Of>[] =>
  STATUS_NAMES.filter((status) => isStatusWith(status, cells));

/** What a group's statuses show of an email. */
const GROUPS: Readonly<Record<Group, Readonly<{ attempted: boolean; reached: boolean }>>> = {
  'before sending': { attempted: false, reached: false },
  'not attempted': { attempted: false, reached: false },
  'in transit': { attempted: true, reached: false },
  delivered: { attempted: true, reached: true },
  'not delivered': { attempted: true, reached: false },
  // An email that is opened, clicked, unsubscribed from or complained about was delivered.
  engaged: { attempted: true, reached: true },
  complained: { attempted: true, reached: true },
};

/** Whether SES tried to deliver an email of this status, or still tries. */
export const isAttempted = (status: Status): boolean => GROUPS[STATUSES[status].group].attempted;

/** Whether an email of this status reached its recipient. */
export const isReached = (status: Status): boolean => GROUPS[STATUSES[status].group].reached;

/** The statuses of an email that SES is delivering, until the next event, which may be overdue. */
export type StatusInTransit = StatusWith<Readonly<{ group: 'in transit' }>>;

export const isInTransit = (status: Status): status is StatusInTransit => isStatusWith(status, { group: 'in transit' });

/** The ranks of a status, the lowest first. */
export const ranksOf = (status: Status): readonly number[] => Object.values(STATUSES[status].ranks);

/** The rank with which Mailtrail itself writes a status: the lowest. */
export const writtenRank = (status: Status): number => Math.min(...ranksOf(status));

/** Whether SES gave the status that is held with this rank. */
export const isRankOfSes = (rank: number): boolean => rank >= STATUSES.sent.ranks.ses;
