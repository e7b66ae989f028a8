import { causesThatStop } from '../domain/stops-email.ts';
import { causesInForce, type SuppressionItem } from '../domain/suppression.ts';
import { ok } from '../http/answer.ts';
import type { Dependencies, Route } from './routes.ts';
import { showSuppression } from './show-suppression.ts';

/**
 * Which of many addresses are suppressed, and why: one entry for each address asked for, in their order. Asked for a
 * category, only what stops an email of it counts; else also what stops some other category, which `categories` then says.
 */
export const checkSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'POST /v1/suppressions/check'> =>
  async ({ body }) => {
    const addresses = body.addresses.map(({ address }) => address);
    const items = await suppressions.getEach(addresses);
    const { category } = body;
    const time = now();
    const causesOf = (item: SuppressionItem) =>
      category === undefined ? causesInForce(item, time) : causesThatStop(item, category, time);
    return ok({
      items: addresses.map((address, index) => {
        const item = items[index];
        const shown = item && showSuppression(item, time, causesOf(item));
        return { address, suppression: shown ? briefly(shown) : null };
      }),
    });
  };

/** Without notes and history: with them the answer could exceed the 6 MB that Lambda lets through. */
const briefly = ({ reason, categories, suppressedAt, causes }: NonNullable<ReturnType<typeof showSuppression>>) => ({
  ...{ reason, categories, suppressedAt },
  // Who left three categories has one cause.
  causes: [...new Set(causes.map(({ cause }) => cause))],
});
