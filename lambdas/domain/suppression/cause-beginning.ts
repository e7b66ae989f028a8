import { later } from '../values/time.ts';
import { foldCategory } from './category-opt-outs.ts';
import { isOfGlobalList } from './global-suppression-list.ts';
import type { CauseName, CauseRecord, SuppressionItem } from './suppression.ts';
import type { HistoryEntry } from './suppression-history.ts';
import { readHistoryLine } from './suppression-history.ts';

/** How a cause began. */
export type Beginning = Omit<HistoryEntry, 'what'>;

/**
 * How a cause in force began. Its record holds the latest report, and SES reports a bounced address again with every
 * email that it then refuses; since when and why is in the first report. A person's own note is the one that counts.
 */
export const beginningOf = (
  item: SuppressionItem,
  { cause, category, record, endedAt = '' }: CauseInForce,
): Beginning => {
  if (record.source === 'api') return record;
  // SES's reports on an entry until its deletion belong to an earlier suppression.
  const takenOffAt = cause === 'unsubscribe' ? '' : (item.sesList?.takenOffAt ?? '');
  return (item.history ?? [])
    .toSorted()
    .reverse()
    .flatMap((line) => readHistoryLine(line) ?? [])
    .filter(
      (entry) =>
        causeIn(entry) === cause && isSame(entry.category, category) && entry.at > endedAt && entry.at > takenOffAt,
    )
    .reduce<Beginning>(
      // What had ended by itself before it was reported again began anew.
      (first, entry) => (isBefore(entry, first, record) && lasting(record, entry.at) >= first.at ? entry : first),
      record,
    );
};

/** Old lines have category names as they were spelled. */
const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && foldCategory(one) === foldCategory(other));

/** Of several of one time the one whose line comes first, but for the record itself. */
const isBefore = (entry: Beginning, first: Beginning, record: Beginning): boolean =>
  entry.at < first.at || (entry.at === first.at && first !== record);

const causeIn = (entry: HistoryEntry): HistoryEntry['what'] =>
  entry.what === 'bounce' && isOfGlobalList(entry) ? 'ses_global_list' : entry.what;

/**
 * When a cause that began at `from` ends by itself, if it lasts as long as this record; later than every time if never.
 */
const lasting = ({ at, endsAt }: CauseRecord, from: string): string =>
  endsAt === undefined ? '~' : later(from, Date.parse(endsAt) - Date.parse(at));

/** A cause with its record, its last end, and the one category it is about. */
export type CauseInForce = Readonly<{
  cause: CauseName;
  category?: string;
  record: CauseRecord;
  endedAt: string | undefined;
}>;
