import { readLine } from './fact-line.ts';
import type { Status } from './statuses.ts';
import type { CauseRecord } from './suppression.ts';
import { compareTexts } from './text-order.ts';
import { DAY, HOUR, later } from './time.ts';

/** From when on soft bounces suppress an address, and for how long. */
export type SoftBounceRule = Readonly<{
  /** So many in a row; 0: never. */
  bounces: number;
  /** At least so many hours from the first of them to the last. */
  hours: number;
  /** Days until the suppression ends by itself. */
  days: number;
}>;

/** What is looked at of an email. */
export type Outcome = Readonly<{
  messageId: string;
  sesMessageId?: string;
  createdAt?: string;
  status?: Status;
  rank?: number;
  statusAt?: string;
  events: readonly string[];
}>;

/** Soft bounces in a row that are enough. */
export type Row = Readonly<{
  begins: CauseRecord;
  /** The first bounce of the fewest that are enough: a lifting of then or later forgives them. */
  since: string;
}>;

/** SES tries for up to 14 hours (SES guide, faqs-bounces): what it accepted longer before is over. */
const LONGEST_TRY = 14 * HOUR;

/**
 * Whether the row of soft bounces that one is in is enough: bounces with evidence, so that no out-of-office reply counts,
 * and with nothing delivered in between. What counts is when they bounced and were delivered, not when any of it was told;
 * so the bounce that is told last, whichever it is, finds the whole row. An email that says neither, being under way or never
 * attempted, is passed over.
 *
 * @param emails an address's last, in any order, this one among them
 * @returns `undecided` where older emails could tell
 */
export const softBouncesInARow = (
  emails: readonly Outcome[],
  messageId: string,
  { bounces, hours, days }: SoftBounceRule,
): Row | 'none' | 'undecided' => {
  const bounced = eachOnce(emails.filter(isSoftBounce)).toSorted(byTime);
  const mine = emails.filter(isSoftBounce).find((email) => email.messageId === messageId);
  if (mine === undefined) return 'none';
  const reached = emails.filter(hasReached).map(reachedAt).sort();
  const before = reached.findLast((at) => at <= mine.statusAt);
  const after = reached.find((at) => at > mine.statusAt);
  const row = bounced.filter(
    ({ statusAt: at }) => (before === undefined || at >= before) && (after === undefined || at < after),
  );
  const last = row.at(-1);
  const first = row
    .slice(0, Math.max(0, row.length - bounces + 1))
    .findLast(({ statusAt }) => Date.parse(last?.statusAt ?? '') - Date.parse(statusAt) >= hours * HOUR);
  if (first === undefined || last === undefined) {
    return before !== undefined && isOver(emails, before) ? 'none' : 'undecided';
  }
  // The same whichever of them came first, and however many more there are.
  const note = `${bounces} soft bounces in a row, over ${hours} hours or more`;
  const at = last.statusAt;
  return {
    begins: { at, source: 'ses_event', messageId: last.messageId, endsAt: later(at, days * DAY), note },
    since: first.statusAt,
  };
};

/** The rank of a soft bounce with evidence (statuses.ts). */
export const WITH_EVIDENCE = 210;

type SoftBounce = Outcome & Readonly<{ statusAt: string }>;

const isSoftBounce = (email: Outcome): email is SoftBounce =>
  email.status === 'bounced_soft' && email.rank === WITH_EVIDENCE && email.statusAt !== undefined;

/** An identity's older notifications file an email that has an id of the sender's a second time, under SES's. */
const eachOnce = (bounced: readonly SoftBounce[]): readonly SoftBounce[] => [
  ...new Map(bounced.toSorted(byTime).map((email) => [email.sesMessageId ?? email.messageId, email])).values(),
];

const byTime = (one: SoftBounce, other: SoftBounce): number =>
  compareTexts(`${one.statusAt} ${one.messageId}`, `${other.statusAt} ${other.messageId}`);

/** Whoever opens, clicks, leaves or complains has got it. */
const REACHED: readonly Status[] = ['delivered', 'opened', 'read', 'clicked', 'unsubscribed', 'complained'];

const hasReached = ({ status }: Outcome): boolean => status !== undefined && REACHED.includes(status);

/** When it was delivered; where only an open tells that, which may be weeks later, when SES accepted it. */
const reachedAt = ({ events, createdAt, statusAt = '' }: Outcome): string => {
  const delivered = events.flatMap((line) => {
    const fact = readLine(line);
    return fact?.kind === 'delivered' ? [fact.at] : [];
  });
  return delivered.sort()[0] ?? createdAt ?? statusAt;
};

/** Whether what is older than these emails had bounced before that time, if it bounced. */
const isOver = (emails: readonly Outcome[], time: string): boolean =>
  emails.some(({ createdAt }) => createdAt !== undefined && createdAt <= later(time, -LONGEST_TRY));
