import type { Status } from './statuses.ts';
import type { CauseRecord } from './suppression.ts';
import { later } from './time.ts';

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
export type Outcome = Readonly<{ messageId: string; status?: Status; rank?: number; statusAt?: string }>;

/** Soft bounces in a row that are enough. */
export type Row = Readonly<{
  begins: CauseRecord;
  /** The first bounce of the fewest that are enough: a lifting of then or later forgives them. */
  since: string;
}>;

const HOUR = 3_600_000;

/**
 * Whether an address's emails, newest first, bounced softly again and again: with evidence, so that no out-of-office reply
 * counts, and with nothing delivered in between. An email that says neither, being under way or never attempted, is passed
 * over.
 *
 * @returns `undecided` where older emails could tell
 */
export const softBouncesInARow = (
  emails: readonly Outcome[],
  { bounces, hours, days }: SoftBounceRule,
): Row | 'none' | 'undecided' => {
  const row: { messageId: string; at: string }[] = [];
  for (const email of emails) {
    if (hasReached(email)) return 'none';
    if (!isSoftBounce(email)) continue;
    row.push({ messageId: email.messageId, at: email.statusAt });
    const times = row.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
    const [first, last] = [times[0], times.at(-1)];
    if (first === undefined || last === undefined || row.length < bounces) continue;
    const span = Date.parse(last.at) - Date.parse(first.at);
    if (span < hours * HOUR) continue;
    // The same whichever of them came first, and however many more there are.
    const note = `${bounces} soft bounces in a row, over ${hours} hours or more`;
    const { at, messageId } = last;
    return {
      begins: { at, source: 'ses_event', messageId, endsAt: later(at, days * 24 * HOUR), note },
      since: first.at,
    };
  }
  return 'undecided';
};

/** The rank of a soft bounce with evidence (statuses.ts). */
export const WITH_EVIDENCE = 210;

const isSoftBounce = (email: Outcome): email is Outcome & { statusAt: string } =>
  email.status === 'bounced_soft' && email.rank === WITH_EVIDENCE && email.statusAt !== undefined;

/** Whoever opens, clicks, leaves or complains has got it. */
const REACHED: readonly Status[] = ['delivered', 'opened', 'read', 'clicked', 'unsubscribed', 'complained'];

const hasReached = ({ status }: Outcome): boolean => status !== undefined && REACHED.includes(status);
