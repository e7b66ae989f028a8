import { later } from '../values/time.ts';
import { causeState } from './global-suppression-list.ts';
import { ATTRIBUTES, type CauseName, type CauseRecord, REPORTED_BY_SES, type SuppressionItem } from './suppression.ts';

/**
 * SES's report that its own list has an address, from an email that it rejected. It is evidence only if the entry does
 * not come from Mailtrail: a suppression that was removed here and is still to be deleted there, or an entry that the
 * mirror added for a time. The times on the row decide at read time, so the time of the event's arrival does not
 * matter.
 */

/**
 * The causes for which an address is put on SES's list. Not unsubscribing: SES's list would stop every kind of mail.
 * Not what ends by itself within days either: SES's global list is no reason to put an address on the account's, where
 * entries stay, nor is a forwarding that fails.
 */
export const LISTED = ['complaint', 'bounce', 'repeated_soft_bounce', 'manual'] as const satisfies readonly CauseName[];

/**
 * How long after it was taken off an address may still be refused; SES does not document when a change takes effect.
 */
const SETTLING = 60_000;

/**
 * How long SES's list may have what was removed here. The mirror's queue keeps its messages for 14 days; a later report
 * by SES is evidence, whatever the result of the message.
 */
const LONGEST_BACKLOG = 14 * 86_400_000;

/** SES's report that its list has the address for a cause, if it is evidence. */
export const reportedBySes = (item: SuppressionItem, cause: CauseName): CauseRecord | undefined => {
  if (cause !== 'complaint' && cause !== 'bounce') return undefined;
  const record = item[REPORTED_BY_SES[cause]];
  if (record === undefined || isOfTheLifted(item, cause, record.at)) return undefined;
  return isOfTheMirror(item, cause, record.at) ? undefined : record;
};

/**
 * An email that is sent between a removal and the mirror's work would restore what a person has just removed. An
 * address that SES puts on its list anew in that time bounces first, and that bounce is a cause of its own.
 */
const isOfTheLifted = ({ sesList, ...item }: SuppressionItem, cause: CauseName, at: string): boolean => {
  const takenOffAt = sesList?.takenOffAt ?? '';
  const liftedAt = item[ATTRIBUTES[cause][1]] ?? '';
  if (takenOffAt !== '' && at <= later(takenOffAt, SETTLING)) return true;
  return takenOffAt < liftedAt && at < later(liftedAt, LONGEST_BACKLOG);
};

/**
 * Whether SES's list has the address because of the mirror: SES's report then only repeats a cause recorded here,
 * such as a person's suppression, and must not outlive that cause as a bounce. An entry of BOUNCE is no evidence of a
 * complaint.
 */
const isOfTheMirror = (item: SuppressionItem, cause: CauseName, at: string): boolean => {
  const { sesList } = item;
  if (sesList === undefined || sesList.listedBefore?.includes(cause)) return false;
  const { wanted, listedSince = sesList.at } = sesList;
  if (cause === 'complaint' ? wanted !== 'COMPLAINT' : wanted === 'NOTHING') return false;
  // An entry takes effect at SES a moment before the mirror can record it.
  return at >= later(listedSince, -SETTLING) && !wasLiftedSince(item, cause, listedSince);
};

/**
 * Whether all was removed after that time, and the row wants nothing on SES's list since; `isOfTheLifted` decides then.
 */
const wasLiftedSince = (item: SuppressionItem, cause: CauseName, time: string): boolean => {
  const liftedAt = item[ATTRIBUTES[cause][1]] ?? '';
  return liftedAt >= time && LISTED.every((one) => (causeState(item, one).record?.at ?? '') <= liftedAt);
};

/**
 * Whether SES had reported an entry of its own before the mirror saw to the address at `at` (ISO 8601): earlier than a
 * minute before that, or before the first cause began that makes the mirror put one there (`askedFor`). Its word goes
 * on counting then.
 */
export const wasListedBefore = (
  item: SuppressionItem,
  cause: CauseName,
  askedFor: string | undefined,
  at: string,
): boolean => {
  const record = reportedBySes(item, cause);
  return record !== undefined && (askedFor === undefined || record.at < askedFor || record.at < later(at, -SETTLING));
};
