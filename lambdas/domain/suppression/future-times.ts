import { later } from '../values/time.ts';
import {
  ATTRIBUTES,
  CAUSES,
  type CauseName,
  type CauseRecord,
  REPORTED_BY_SES,
  type SuppressionItem,
} from './suppression.ts';

/**
 * Times in the future that rows of suppressions may keep. Beginnings and ends used to carry what a remote server's
 * clock said, and one that was years ahead outlasts every later event. What is recorded now is never later than its
 * arrival, so a time that our own clock has not reached yet is such a remote one. The functions here put it right
 * before anything is compared with it, without changing whether the cause is in force.
 */

/** Milliseconds by which the clocks of two functions may differ. */
export const CLOCK_TOLERANCE = 60_000;

/** The latest time (ISO 8601) that can have been recorded by `now`. */
export const latestTime = (now: string): string => later(now, CLOCK_TOLERANCE);

/** Beginnings that one end counts against, and that end. */
export type Times = Readonly<{ begun: readonly (CauseRecord | undefined)[]; endedAt?: string | undefined }>;

/**
 * The same with times that are not in the future. The true time is not known: what had begun and not ended began right
 * after the end before it, and what had ended did so right when it began, else in 1970. So all that arrives is later,
 * and the result is the same whichever event comes first.
 */
export const withoutFuture = ({ begun, endedAt }: Times, now: string): Times => {
  const isFuture = (at: string) => at > latestTime(now);
  const known = begun.flatMap((record) => (record !== undefined && !isFuture(record.at) ? [record.at] : []));
  const ended = endedAt !== undefined && isFuture(endedAt) ? (known.sort().at(-1) ?? EPOCH) : endedAt;
  return {
    begun: begun.map((record) => {
      if (record === undefined || !isFuture(record.at)) return record;
      const hasEnded = endedAt !== undefined && record.at <= endedAt;
      return moved(record, hasEnded ? (ended ?? EPOCH) : ended === undefined ? EPOCH : later(ended, 1));
    }),
    endedAt: ended,
  };
};

const EPOCH = '1970-01-01T00:00:00.000Z';

/** With the same time from its beginning to its end. */
const moved = (record: CauseRecord, at: string): CauseRecord => ({
  ...record,
  at,
  ...(record.endsAt !== undefined && { endsAt: later(at, Date.parse(record.endsAt) - Date.parse(record.at)) }),
});

/** The attributes of a row that keep a cause: its beginnings and its end. */
export const attributesKeeping = (cause: CauseName): Readonly<{ begun: readonly string[]; ended: string }> => {
  const [begun, ended] = ATTRIBUTES[cause];
  return { begun: [begun, ...(cause === 'complaint' || cause === 'bounce' ? [REPORTED_BY_SES[cause]] : [])], ended };
};

/**
 * What has to change on a row before a person's decision, or an entry of SES's list, is compared with what it keeps:
 * times in the future. Empty for nearly every row.
 */
export const repairs = (item: SuppressionItem, now: string): Partial<SuppressionItem> =>
  Object.fromEntries(CAUSES.flatMap((cause) => repairsOf(item, attributesKeeping(cause), now)));

/** The attributes among these that change, with their values. */
export const repairsOf = (
  row: Readonly<Record<string, unknown>>,
  { begun, ended }: Readonly<{ begun: readonly string[]; ended: string }>,
  now: string,
): readonly (readonly [string, CauseRecord | string])[] => {
  const stored = { begun: begun.map((one) => row[one] as CauseRecord | undefined), endedAt: row[ended] as string };
  const right = withoutFuture(stored, now);
  return [
    ...begun.flatMap((attribute, index) => {
      const record = right.begun[index];
      return record === undefined || record === stored.begun[index] ? [] : [[attribute, record] as const];
    }),
    ...(right.endedAt === undefined || right.endedAt === stored.endedAt ? [] : [[ended, right.endedAt] as const]),
  ];
};
