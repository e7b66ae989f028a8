import type { StatusWith } from '../status/statuses.ts';
import type { KindOfMail } from '../suppression/blocked-mail.ts';
import { BLOCKED_REASONS, unsubscribedFrom } from '../suppression/blocked-reasons.ts';
import { blockingCauses } from '../suppression/blocks-email.ts';
import type { SuppressionItem } from '../suppression/suppression.ts';
import { isPastEnd, type Mailing } from './mailing.ts';

/** All that decides about one email, at `now` (ISO 8601). */
export type SendCheck = Readonly<{
  /** What is wrong with the address; `undefined` where SES can take it. */
  badAddress?: string | undefined;
  /** Why the sender's caller does not want it sent. */
  skip?: string | undefined;
  /** The address is already in this mailing, and the mailing wants each once. */
  isDuplicate: boolean;
  /** What is kept of the address. */
  suppression: SuppressionItem | undefined;
  mailing: Pick<Mailing, 'state' | 'expiresAt' | 'category' | 'transactional'>;
  now: string;
}>;

/** The final statuses that the send policy gives. */
export type RejectedStatus = StatusWith<Readonly<{ stoppedBy: 'send policy' }>>;

/** Why an email is not sent: its status, and a sentence without its full stop where there is more to say. */
export type Rejection = Readonly<{ status: RejectedStatus; reason?: string }>;

/**
 * Whether an email may be sent: `undefined` lets it through, else the first that applies. It is asked when the email is
 * accepted and once more right before SES is called, since hours can lie between.
 */
export const checkBeforeSending = (at: SendCheck): Rejection | undefined => {
  const { badAddress, skip, isDuplicate, suppression, mailing, now } = at;
  if (badAddress !== undefined) return { status: 'invalid_address', reason: badAddress };
  if (skip !== undefined) return { status: 'skipped', reason: skip };
  if (isDuplicate) return { status: 'canceled_duplicate' };
  const stopped = suppression && stoppedBy(suppression, mailing, now);
  if (stopped !== undefined) return stopped;
  if (mailing.state === 'canceled' || mailing.state === 'quarantined') return { status: mailing.state };
  if (mailing.state === 'expired' || isPastEnd(mailing, now)) return { status: 'expired' };
  return undefined;
};

/** Leaving is the weakest of the causes: it decides only where it stands alone. */
const stoppedBy = (item: SuppressionItem, mail: KindOfMail, now: string): Rejection | undefined => {
  const [strongest] = blockingCauses(item, mail, now);
  if (strongest === undefined) return undefined;
  return strongest.cause === 'unsubscribe'
    ? { status: 'canceled_unsubscribed', reason: unsubscribedFrom(strongest.categories?.[0]) }
    : { status: 'suppressed', reason: BLOCKED_REASONS[strongest.cause] };
};
