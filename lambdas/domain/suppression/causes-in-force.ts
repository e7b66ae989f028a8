import { STOPS } from './blocked-mail.ts';
import { closedCategories } from './category-opt-outs.ts';
import { beginningOf, type CauseInForce } from './cause-beginning.ts';
import { causeState } from './global-suppression-list.ts';
import { reportedBySes } from './ses-evidence.ts';
import { CAUSES, type Cause, type CauseName, type CauseRecord, type SuppressionItem } from './suppression.ts';

/** The causes in force at `now` (ISO 8601), strongest first; none of them: the address is not suppressed. */
export const causesInForce = (item: SuppressionItem, now: string): readonly Cause[] => [
  ...CAUSES.flatMap((cause) => {
    const record = inForce(item, cause, now);
    return record === undefined ? [] : [causeOf(item, { cause, record, endedAt: causeState(item, cause).endedAt })];
  }),
  // Unsubscribing is the weakest, from everything or from one category.
  ...closedCategories(item.categories).map(({ category, left, endedAt }) =>
    causeOf(item, { cause: 'unsubscribe', category, record: left, endedAt }),
  ),
];
const causeOf = (item: SuppressionItem, told: CauseInForce): Cause => {
  const { at, source, messageId, ambiguous, note } = beginningOf(item, told);
  return {
    ...{
      cause: told.cause,
      stops: STOPS[told.cause],
      categories: told.category === undefined ? null : [told.category],
    },
    ...{ source, at },
    endsAt: told.record.endsAt ?? null,
    messageId: messageId ?? null,
    ambiguous: ambiguous ?? false,
    note: note ?? null,
  };
};

/** The categories of mail that causes close an address to; null: to all mail. */
export const closedTo = (causes: readonly Cause[]): readonly string[] | null =>
  causes.some(({ categories }) => categories === null) ? null : causes.flatMap(({ categories }) => categories ?? []);

/** The record of a cause if it is in force at `now`: it has neither been ended since it began nor run out. */
export const inForce = (item: SuppressionItem, cause: CauseName, now: string): CauseRecord | undefined => {
  const { record, endedAt } = causeState(item, cause);
  if (record !== undefined && isAfter(record, endedAt) && !hasRunOut(record, now)) return record;
  return reportedBySes(item, cause);
};

const isAfter = (record: CauseRecord, endedAt: string | undefined): boolean =>
  endedAt === undefined || record.at > endedAt;

const hasRunOut = ({ endsAt }: CauseRecord, now: string): boolean => endsAt !== undefined && endsAt <= now;
