import { causesInForce, closedTo } from '../../domain/suppression/causes-in-force.ts';
import { isMirrored, wantedOnSesList } from '../../domain/suppression/ses-list.ts';
import { CAUSES, type Cause, type SuppressionItem } from '../../domain/suppression/suppression.ts';
import type { HistoryEntry } from '../../domain/suppression/suppression-history.ts';
import { readHistoryLine } from '../../domain/suppression/suppression-history.ts';

/**
 * A Suppression of the contract; `undefined` where nothing suppresses the address at `now` (ISO 8601).
 *
 * @param causes those to be shown; by default all in force
 */
export const showSuppression = (item: SuppressionItem, now: string, causes = causesInForce(item, now)) => {
  const [strongest] = causes;
  if (strongest === undefined) return undefined;
  return {
    address: item.address,
    spellings: (item.spellings ?? []).toSorted(),
    reason: strongest.cause,
    categories: closedTo(causes),
    suppressedAt: earliest(causes),
    causes,
    history: (item.history ?? []).toSorted().flatMap(showHistoryLine),
    onSesList: onSesList(item, now),
  };
};

const earliest = (causes: readonly Cause[]): string =>
  causes.map(({ at }) => at).reduce((one, other) => (one < other ? one : other));

/**
 * Every cause except unsubscribing is mirrored to SES's list, which is updated when the mirror has processed the
 * address.
 */
export const onSesList = (item: SuppressionItem, now: string): boolean | 'pending' =>
  isMirrored(item, now) ? wantedOnSesList(item, now) !== 'NOTHING' : 'pending';

const showHistoryLine = (line: string) => {
  const entry = readHistoryLine(line);
  if (entry === undefined || !isKnown(entry)) return [];
  const { at, what, source, messageId = null, note = null, category = null } = entry;
  return [{ at, what, source, messageId, note, category }];
};

/** A newer version may store causes that are not in this version's contract. */
const isKnown = ({ what }: HistoryEntry): boolean =>
  CAUSES.some((cause) => what === cause || what === `${cause}_lifted`);
