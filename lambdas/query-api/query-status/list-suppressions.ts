import { list } from '../../http/answer.ts';
import type { Columns } from '../../http/csv.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { showSuppression } from './show-suppression.ts';

/** The addresses suppressed now, in no particular order. */
export const listSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'GET /v1/suppressions'> =>
  async ({ query, after, nextCursor }) => {
    const { reason, from, to, limit } = query;
    const time = now();
    const { items, last } = await suppressions.page({
      after: after(0, 'address')?.address,
      limit,
      keep: (item) => {
        const shown = showSuppression(item, time);
        return (
          shown !== undefined &&
          (reason === undefined || shown.reason === reason) &&
          (from === undefined || shown.suppressedAt >= from) &&
          (to === undefined || shown.suppressedAt < to)
        );
      },
    });
    return list(
      {
        items: items.flatMap((item) => showSuppression(item, time) ?? []),
        ...(last !== undefined && { nextCursor: nextCursor({ 0: { address: last } }) }),
        applied: { reason: reason ?? null, from: from ?? null, to: to ?? null, limit },
      },
      COLUMNS,
    );
  };

/** A suppression in CSV, with the strongest cause's words. New columns go to the end: readers count them. */
const COLUMNS: Columns = [
  ...['address', 'reason', 'suppressedAt', 'categories', 'onSesList', 'spellings'],
  ...['source', 'at', 'endsAt', 'messageId', 'ambiguous', 'note'].map((field) => `causes.0.${field}`),
  ...['causes', 'causes.0.stops'],
];
