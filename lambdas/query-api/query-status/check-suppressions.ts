import { blockedBy } from '../../domain/suppression/blocked-mail.ts';
import { blockingCauses } from '../../domain/suppression/blocks-email.ts';
import { causesInForce } from '../../domain/suppression/causes-in-force.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { showSuppression } from './show-suppression.ts';
import { givenAddress, whatIsWrong } from './unusable-items.ts';

/**
 * Which of many addresses are suppressed, and why: one entry for each that was given, in their order. Asked for a
 * category, or for transactional mail, only what stops such an email counts; else every cause, also of some category.
 */
export const checkSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'POST /v1/suppressions/check'> =>
  async ({ body }) => {
    const { addresses: rows, category, transactional } = body;
    const addresses = [...new Set(rows.flatMap((row) => ('unusable' in row ? [] : row.address)))];
    const items = await suppressions.getEach(addresses);
    const known = new Map(addresses.map((address, index) => [address, items[index]]));
    const time = now();
    const causesOf = (item: SuppressionItem) =>
      category === undefined && !transactional
        ? causesInForce(item, time)
        : blockingCauses(item, { category, transactional }, time);
    return ok({
      items: rows.map((row) => {
        if ('unusable' in row) {
          return { address: givenAddress(row), result: 'invalid', message: whatIsWrong(row), suppression: null };
        }
        const { address } = row;
        const item = known.get(address);
        const shown = item && showSuppression(item, time, causesOf(item));
        const result = shown ? 'suppressed' : 'not_suppressed';
        return { address, result, message: null, suppression: shown ? briefly(shown) : null };
      }),
    });
  };

/** Without notes and history: with them the answer could exceed the 6 MB that Lambda lets through. */
const briefly = ({ reason, categories, suppressedAt, causes }: NonNullable<ReturnType<typeof showSuppression>>) => ({
  ...{ reason, stops: blockedBy(causes), categories, suppressedAt },
  // An address with three category opt-outs has one cause.
  causes: [...new Set(causes.map(({ cause }) => cause))],
});
