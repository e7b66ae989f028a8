import { later } from '../values/time.ts';
import { causeState } from './global-suppression-list.ts';
import { ATTRIBUTES, type CauseName, type CauseRecord, REPORTED_BY_SES, type SuppressionItem } from './suppression.ts';

/**
 * SES's word that its own list has an address, told by an email that it refused. It is news only where that entry is not
 * one of ours: one that was lifted here and is yet to be taken off, or one that the mirror put there for a while. All is
 * decided by the times on the row when it is read, so it does not matter when the event comes.
 */

/**
 * The causes for which an address is put on SES's list. Not unsubscribing: SES's list would stop every kind of mail. Not what
 * ends by itself within days either: SES's global list is no reason to put an address on the account's, where entries stay,
 * nor is a forwarding that fails.
 */
export const LISTED = ['complaint', 'bounce', 'repeated_soft_bounce', 'manual'] as const satisfies readonly CauseName[];

/** How long after it was taken off an address may still be refused; SES says nowhere from when on it goes by a change. */
const SETTLING = 60_000;

/**
 * How long SES's list may have what was lifted here. The mirror's queue keeps its work for 14 days; what SES says later is
 * news, whatever became of the work.
 */
const LONGEST_BACKLOG = 14 * 86_400_000;

/** SES's word that its list has the address for a cause, unless it is no news. */
export const reportedBySes = (item: SuppressionItem, cause: CauseName): CauseRecord | undefined => {
  if (cause !== 'complaint' && cause !== 'bounce') return undefined;
  const record = item[REPORTED_BY_SES[cause]];
  if (record === undefined || isOfTheLifted(item, cause, record.at)) return undefined;
  return isOfTheMirror(item, cause, record.at) ? undefined : record;
};

/**
 * An email that is sent between a lifting and the mirror's work would bring back what a person has just lifted. An address
 * that SES puts on its list anew in that time bounces first, and that bounce is a cause of its own.
 */
const isOfTheLifted = ({ sesList, ...item }: SuppressionItem, cause: CauseName, at: string): boolean => {
  const takenOffAt = sesList?.takenOffAt ?? '';
  const liftedAt = item[ATTRIBUTES[cause][1]] ?? '';
  if (takenOffAt !== '' && at <= later(takenOffAt, SETTLING)) return true;
  return takenOffAt < liftedAt && at < later(liftedAt, LONGEST_BACKLOG);
};

/**
 * Whether SES's list has the address since the mirror saw to it: SES's word then only repeats what a cause here asked for,
 * such as a person's suppression, and must not outlive that cause as a bounce. An entry of BOUNCE says nothing of complaints.
 */
const isOfTheMirror = (item: SuppressionItem, cause: CauseName, at: string): boolean => {
  const { sesList } = item;
  if (sesList === undefined || sesList.listedBefore?.includes(cause)) return false;
  const { wanted, listedSince = sesList.at } = sesList;
  if (cause === 'complaint' ? wanted !== 'COMPLAINT' : wanted === 'NOTHING') return false;
  // SES goes by an entry a moment before the mirror can note that it is there.
  return at >= later(listedSince, -SETTLING) && !wasLiftedSince(item, cause, listedSince);
};

/** Whether all was lifted after that time, and the row wants nothing on SES's list since; `isOfTheLifted` decides then. */
const wasLiftedSince = (item: SuppressionItem, cause: CauseName, time: string): boolean => {
  const liftedAt = item[ATTRIBUTES[cause][1]] ?? '';
  return liftedAt >= time && LISTED.every((one) => (causeState(item, one).record?.at ?? '') <= liftedAt);
};

/**
 * Whether SES had reported an entry of its own before the mirror saw to the address at `at` (ISO 8601): earlier than a
 * minute before that, or before the first cause began that makes the mirror put one there (`askedFor`). Its word goes on
 * counting then.
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
