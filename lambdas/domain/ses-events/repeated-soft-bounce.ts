import type { Fact } from '../status/fact.ts';
import { readLine } from '../status/fact-line.ts';
import { proposalOf } from '../status/proposal.ts';
import { isReached, STATUSES, type Status } from '../status/statuses.ts';
import type { CauseRecord } from '../suppression/suppression.ts';
import { compareTexts } from '../values/compare-text.ts';
import { DAY, HOUR, later } from '../values/time.ts';
import { bounceKindOf } from './bounce.ts';
import { failureReason } from './enhanced-status-code.ts';

/** When soft bounces suppress an address, and for how long. */
export type SoftBounceRule = Readonly<{
  /** The number of soft bounces in a row; 0: never. */
  bounces: number;
  /** The minimum number of hours from the first of them to the last. */
  hours: number;
  /** Days until the suppression ends by itself. */
  days: number;
}>;

/** What is read from an email's row. */
export type EmailOutcome = Readonly<{
  messageId: string;
  sesMessageId?: string;
  createdAt?: string;
  status?: Status;
  rank?: number;
  statusAt?: string;
  events: readonly string[];
}>;

/** Soft bounces in a row that are enough. */
export type SoftBounceRun = Readonly<{
  begins: CauseRecord;
  /** The latest time from which on the bounces are enough: a removal at or after it leaves too few of them. */
  since: string;
}>;

/**
 * Whether the row of soft bounces that one is in is enough: emails that SES accepted one after the other, each of which
 * bounced for a reason that counts against the mailbox, with none that was delivered in between. Emails are spaced and
 * ordered by when SES accepted them, since the times of bounces are a remote server's, and each counts once. So the
 * bounce that is recorded last, whichever it is, completes the row. An email that is in transit or was never attempted
 * is skipped.
 *
 * @param emails an address's last, in any order, this one among them
 * @param now ISO 8601; a bounce of later carries a remote clock's time
 * @returns `undecided` if older emails could decide it
 */
export const softBouncesInARow = (
  emails: readonly EmailOutcome[],
  messageId: string,
  { bounces, hours, days }: SoftBounceRule,
  now: string,
): SoftBounceRun | 'none' | 'undecided' => {
  const known = eachOnce(emails.map((email) => attemptOf(email, now)));
  const mine = known.find(({ ids }) => ids.includes(messageId));
  if (mine?.bouncedAt === undefined) return 'none';
  const cuts = known.filter(({ reached }) => reached).map(({ acceptedAt }) => acceptedAt);
  const before = cuts
    .filter((at) => at <= mine.acceptedAt)
    .sort()
    .at(-1);
  const after = cuts.filter((at) => at > mine.acceptedAt).sort()[0];
  const row = known
    .filter(isBounced)
    .filter(({ acceptedAt: at }) => (before === undefined || at >= before) && (after === undefined || at < after));
  const isEnough = (some: readonly Bounced[]): boolean => {
    const accepted = some.map(({ acceptedAt }) => Date.parse(acceptedAt));
    return some.length >= bounces && Math.max(...accepted) - Math.min(...accepted) >= hours * HOUR;
  };
  const since = row
    .map(({ bouncedAt }) => bouncedAt)
    .sort()
    .findLast((from) => isEnough(row.filter(({ bouncedAt }) => bouncedAt >= from)));
  if (since === undefined) return before === undefined ? 'undecided' : 'none';
  const last = row.toSorted(byBounce).at(-1) ?? mine;
  // Independent of the order of arrival, and of how many more there are.
  const note = `${bounces} soft bounces in a row, over ${hours} hours or more`;
  const at = last.bouncedAt ?? since;
  return {
    begins: { at, source: 'ses_event', messageId: last.messageId, endsAt: later(at, days * DAY), note },
    since,
  };
};

/**
 * Whether a fact is a soft bounce that counts against a mailbox: a server reported it, for a reason that is not the
 * sender's or the message's. Facts that were stored as soft bounces before are evaluated by the current rules.
 */
export const countsAgainstMailbox = (fact: Fact): boolean => {
  if (proposalOf(fact)?.rank !== STATUSES.bounced_soft.ranks.ses) return false;
  const { type = '', subtype, action, status, mta } = fact.details;
  return (
    bounceKindOf({ type, subtype, action, status, mta }) === 'bounced_soft' &&
    !NO_FAULT_OF_THE_MAILBOX.has(failureReason(fact.details))
  );
};

/** By SES's subtypes, delivery may succeed if the message is changed (SES Developer Guide, notification-contents). */
const NO_FAULT_OF_THE_MAILBOX: ReadonlySet<string> = new Set(['message_fault', 'sender_refused', 'sender_address']);

/** The outcome of an email, as needed for a row of soft bounces; times are ISO 8601. */
type Attempt = Readonly<{
  messageId: string;
  sesMessageId: string;
  /** The ids by which it is stored: older notifications store an email with a sender's id under SES's id as well. */
  ids: readonly string[];
  acceptedAt: string;
  rank: number;
  bouncedAt: string | undefined;
  reached: boolean;
}>;

type Bounced = Attempt & Readonly<{ bouncedAt: string }>;

const isBounced = (email: Attempt): email is Bounced => email.bouncedAt !== undefined;

const attemptOf = (email: EmailOutcome, now: string): Attempt => {
  const { messageId, sesMessageId = messageId, createdAt, status, rank = 0, statusAt, events } = email;
  const facts = events.flatMap((line) => readLine(line) ?? []);
  const sent = facts.find(({ kind }) => kind === 'sent')?.at;
  const acceptedAt = createdAt ?? sent ?? statusAt ?? now;
  // Older rows can hold the time of a remote clock: such a bounce counts as old as its email.
  const bounces = facts.filter(countsAgainstMailbox).map(({ at }) => (at < acceptedAt || at > now ? acceptedAt : at));
  return {
    ...{ messageId, sesMessageId, acceptedAt, rank },
    ids: [messageId, sesMessageId],
    bouncedAt: status === 'bounced_soft' ? bounces.sort()[0] : undefined,
    reached: status !== undefined && isReached(status),
  };
};

/** Merges emails that are stored twice. */
const eachOnce = (attempts: readonly Attempt[]): readonly Attempt[] => {
  const sorted = attempts.toSorted((one, other) => compareTexts(one.messageId, other.messageId));
  return [...Map.groupBy(sorted, ({ sesMessageId }) => sesMessageId).values()].map((same) => same.reduce(joined));
};

/** The row of the higher rank gives the outcome, as among the facts of one row. */
const joined = (one: Attempt, other: Attempt): Attempt => ({
  ...(one.rank < other.rank ? other : one),
  ids: [...one.ids, ...other.ids],
});

const byBounce = (one: Bounced, other: Bounced): number =>
  compareTexts(`${one.bouncedAt} ${one.messageId}`, `${other.bouncedAt} ${other.messageId}`);
