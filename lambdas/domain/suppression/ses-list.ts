import { inForce } from './causes-in-force.ts';
import { latestTime } from './future-times.ts';
import { keepsGlobalListAsBounce } from './global-suppression-list.ts';
import { LISTED, reportedBySes, wasListedBefore } from './ses-evidence.ts';
import {
  ATTRIBUTES,
  CAUSES,
  REPORTED_BY_SES,
  type SesListRecord,
  type SesReason,
  type SuppressionItem,
  type Wanted,
} from './suppression.ts';
/** An entry of SES's list. Its key is the spelling: `Ann@x` and `ann@x` are two entries. */
export type SesListEntry = Readonly<{ spelling: string; reason: SesReason; at: string }>;

/** What SES's list should have for an address at `now` (ISO 8601). */
export const wantedOnSesList = (item: SuppressionItem, now: string): Wanted => {
  const listed = LISTED.filter((cause) => inForce(item, cause, now));
  if (listed.includes('complaint')) return 'COMPLAINT';
  return listed.length > 0 ? 'BOUNCE' : 'NOTHING';
};

/**
 * Whether SES's list is known to match the row. A row that is not mirrored needs no entry.
 */
export const isMirrored = (item: SuppressionItem, now: string): boolean => {
  if (!concernsSesList(item, now)) return true;
  // A record with a future time was dated by an end in the future: nothing can be compared with it.
  if (item.sesList !== undefined && item.sesList.at > latestTime(now)) return false;
  const wanted = wantedOnSesList(item, now);
  // A record from before the last end is outdated: SES's list may have changed since then.
  const sesList = item.sesList !== undefined && item.sesList.at >= lastEnded(item, now) ? item.sesList : undefined;
  if (wanted === 'NOTHING') {
    const gone = sesList?.wanted === wanted ? (sesList.spellings ?? []) : undefined;
    return gone !== undefined && spellingsOf(item).every((spelling) => gone.includes(spelling));
  }
  return sesList?.wanted === wanted || toldBySes(item, now) === wanted;
};

/**
 * Whether an address is any concern of SES's list: something of that list suppresses it, or did until it ended in a way
 * that SES's list follows. What had ended before there was a mirror is none: nothing tells whether SES's entry is that
 * one or another, so it is left alone.
 */
export const concernsSesList = (item: SuppressionItem, now: string): boolean =>
  item.sesList !== undefined ||
  wantedOnSesList(item, now) !== 'NOTHING' ||
  (item.endsOnSesList === true && wasSuppressed(item)) ||
  // It was put on the account's list before SES's global list was a cause of its own.
  keepsGlobalListAsBounce(item);

/** A removal deletes an address from SES's list for any cause, because SES adds hard bounces itself. */
const wasSuppressed = (item: SuppressionItem): boolean =>
  [
    ...CAUSES.filter((cause) => cause !== 'unsubscribe').map((cause) => ATTRIBUTES[cause][0]),
    ...Object.values(REPORTED_BY_SES),
  ].some((attribute) => item[attribute] !== undefined);

/** Every spelling an entry of the address may have on SES's list. */
export const spellingsOf = ({ address, spellings = [] }: SuppressionItem): readonly string[] =>
  spellings.length > 0 ? spellings.toSorted() : [address];

/** The reason SES reported for the address on its list; a report from before the last check does not count. */
const toldBySes = (item: SuppressionItem, now: string): SesReason | undefined => {
  const lookedAt = item.sesList?.at ?? '';
  const told = LISTED.filter((cause) =>
    [inForce(item, cause, now), reportedBySes(item, cause)].some(
      (record) => record?.onSesList === true && record.at > lookedAt,
    ),
  );
  if (told.includes('complaint')) return 'COMPLAINT';
  return told.length > 0 ? 'BOUNCE' : undefined;
};

/** The cause of an entry of SES's list that the table lacks; `undefined` if it lacks none. */
export const lackingCause = (
  item: SuppressionItem | undefined,
  { reason, at }: SesListEntry,
  now: string,
): 'complaint' | 'bounce' | undefined => {
  const cause = reason === 'COMPLAINT' ? 'complaint' : 'bounce';
  if (item === undefined) return cause;
  const wanted = wantedOnSesList(item, now);
  // Any cause that belongs on the list explains an entry of BOUNCE; only a complaint explains one of COMPLAINT.
  if (wanted === 'COMPLAINT' || wanted === reason) return undefined;
  // The entry is older than a removal, which deletes it.
  if (at <= lastEnded(item, now)) return undefined;
  // Lifted here, and the mirror still busy with it: what it has yet to take off, or took off after SES was asked for
  // the page, or put on by itself meanwhile, is no news. So with a complaint that ended where something weaker goes on.
  const isOver = wanted === 'NOTHING' || item.complaintEndedAt !== undefined;
  if (isOver && (!isMirrored(item, now) || at <= (item.sesList?.at ?? ''))) return undefined;
  return cause;
};

/**
 * When a cause that belongs on SES's list last ended, by word or by itself; `''` where none did. An end in the future
 * is ignored (future-times.ts): its true time is unknown.
 */
export const lastEnded = (item: SuppressionItem, now: string): string => {
  const ends = LISTED.flatMap((cause) => {
    const [begun, ended] = ATTRIBUTES[cause];
    const endsAt = item[begun]?.endsAt;
    const endedAt = item[ended] ?? '';
    return [endedAt <= latestTime(now) ? endedAt : '', endsAt !== undefined && endsAt <= now ? endsAt : ''];
  });
  return ends.reduce((latest, end) => (end > latest ? end : latest), '');
};

/**
 * Since when SES's list has an address for what the row wants there, and what SES had it there for before: what the
 * mirror notes at `at` (ISO 8601) beside what it found. It goes on while the address is not taken off, whatever causes
 * come and go.
 */
export const listedRun = (item: SuppressionItem, at: string): Pick<SesListRecord, 'listedSince' | 'listedBefore'> => {
  const run = item.sesList?.wanted === 'NOTHING' ? undefined : item.sesList;
  const before = (['complaint', 'bounce'] as const).filter(
    (cause) => run?.listedBefore?.includes(cause) || wasListedBefore(item, cause, askedFor(item, cause, at), at),
  );
  return { listedSince: run?.listedSince ?? run?.at ?? at, ...(before.length > 0 && { listedBefore: before }) };
};

/**
 * When the first of the causes began for which an entry of that reason is put on SES's list; `undefined` without any.
 */
const askedFor = (item: SuppressionItem, reason: 'complaint' | 'bounce', now: string): string | undefined =>
  (reason === 'complaint' ? (['complaint'] as const) : LISTED)
    .flatMap((cause) => {
      const record = inForce(item, cause, now);
      return record === undefined || record.onSesList ? [] : [record.at];
    })
    .sort()[0];
