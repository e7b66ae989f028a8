import { ATTRIBUTES, type CauseName, type CauseRecord, SAID_BY_SES, type SuppressionItem } from './suppression.ts';
import { later } from './time.ts';

/**
 * SES's word that its own list has an address, told by an email that it refused. It is news only where that entry is not
 * one of ours: one that was lifted here and is yet to be taken off, or one that the mirror put there for a while. All is
 * decided by the times on the row when it is read, so it does not matter when the event comes.
 */

/** How long after it was taken off an address may still be refused; SES says nowhere from when on it goes by a change. */
const SETTLING = 60_000;

/**
 * How long SES's list may have what was lifted here. The mirror's queue keeps its work for 14 days; what SES says later is
 * news, whatever became of the work.
 */
const LONGEST_BACKLOG = 14 * 86_400_000;

/** SES's word that its list has the address for a cause, unless it is no news. */
export const saidBySes = (item: SuppressionItem, cause: CauseName): CauseRecord | undefined => {
  if (cause !== 'complaint' && cause !== 'bounce') return undefined;
  const record = item[SAID_BY_SES[cause]];
  if (record === undefined || isOfTheLifted(item, cause, record.at)) return undefined;
  return cause === 'bounce' && isOfTheMirror(item, record.at) ? undefined : record;
};

/**
 * An email that is sent between a lifting and the mirror's work would bring back what a person has just lifted. An address
 * that SES puts on its list anew in that time bounces first, and that bounce is a cause of its own.
 */
const isOfTheLifted = ({ sesList, ...item }: SuppressionItem, cause: CauseName, at: string): boolean => {
  const takenOffAt = sesList?.takenOffAt ?? '';
  const liftedAt = item[ATTRIBUTES[cause][1]];
  if (takenOffAt !== '' && at <= later(takenOffAt, SETTLING)) return true;
  if (liftedAt === undefined) return false;
  return at <= liftedAt || (takenOffAt < liftedAt && at < later(liftedAt, LONGEST_BACKLOG));
};

/** What the mirror put there for soft bounces would otherwise never end: each refused email would tell of a bounce. */
const isOfTheMirror = ({ sesList, repeatedSoftBounce }: SuppressionItem, at: string): boolean =>
  sesList !== undefined &&
  sesList.wanted !== 'NOTHING' &&
  sesList.at <= at &&
  repeatedSoftBounce?.endsAt !== undefined &&
  sesList.at < repeatedSoftBounce.endsAt;
