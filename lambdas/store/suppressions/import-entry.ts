import { repairs } from '../../domain/suppression/future-times.ts';
import { lackingCause, type SesListEntry } from '../../domain/suppression/ses-list.ts';
import type { CauseRecord, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { historyLine, LONGEST_HISTORY } from '../../domain/suppression/suppression-history.ts';
import { both, type Condition, hasRoom, type ItemUpdate } from '../dynamodb/update-item.ts';
import { asItWas } from './manual-edit.ts';

/** The write for an address on SES's list; `isNew` if it adds a cause. */
export type Imported = Readonly<{ update: ItemUpdate; isNew: boolean }>;

/**
 * Adds what a row lacks of its entries on SES's list; `undefined` if it lacks nothing. A new spelling is always stored:
 * removing a suppression must delete every spelling from SES's list.
 */
export const imported = (
  item: SuppressionItem,
  entries: readonly SesListEntry[],
  now: string,
): Imported | undefined => {
  const spellings = entries.map(({ spelling }) => spelling).filter((one) => !item.spellings?.includes(one));
  const causes = entries.flatMap((entry) => {
    const cause = lackingCause(item, entry, now);
    return cause === undefined ? [] : [{ cause, ...entry }];
  });
  if (causes.length + spellings.length === 0) return undefined;
  const begun = Map.groupBy(causes, ({ cause }) => cause);
  const set: Readonly<Record<string, CauseRecord>> = Object.fromEntries(
    [...begun].map(([cause, all]) => [cause, causeOf(all.reduce((one, other) => (one.at < other.at ? other : one)))]),
  );
  const room = Math.max(0, LONGEST_HISTORY - (item.history?.length ?? 0));
  const history = Object.entries(set).map(([what, record]) =>
    historyLine({
      at: record.at,
      what: what as 'complaint' | 'bounce',
      source: record.source,
      note: record.note ?? '',
    }),
  );
  const lines = history.filter((line) => !item.history?.includes(line)).slice(0, room);
  return {
    isNew: causes.length > 0,
    update: {
      set: causes.length > 0 ? { ...repairs(item, now), ...set } : {},
      add: { spellings: [...new Set(spellings)], history: lines },
      condition: both(
        both(asItWas(item), mirroredAsItWas(item)),
        lines.length > 0 ? hasRoom('history', LONGEST_HISTORY) : undefined,
      ),
    },
  };
};

const causeOf = ({ at, reason }: SesListEntry): CauseRecord => ({
  at,
  source: 'ses_list',
  note: `on SES's list as ${reason}`,
  onSesList: true,
});

/** Fails if the mirror has changed the row meanwhile: it may have added the address to SES's list, or removed it. */
const mirroredAsItWas = ({ sesList }: SuppressionItem): Condition =>
  sesList === undefined
    ? { expression: 'attribute_not_exists(#sesList)' }
    : { expression: '#sesList.#at = :lookedAt', values: { lookedAt: sesList.at } };
