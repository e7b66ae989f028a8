import { ok } from '../http/answer.ts';
import type { Dependencies, Route } from './routes.ts';
import { showSuppression } from './show-suppression.ts';

/** Which of many addresses are suppressed, and why: one entry for each address asked for, in their order. */
export const checkSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'POST /v1/suppressions/check'> =>
  async ({ body }) => {
    const addresses = body.addresses.map(({ address }) => address);
    const items = await suppressions.getEach(addresses);
    const time = now();
    return ok({
      items: addresses.map((address, index) => {
        const item = items[index];
        const shown = item && showSuppression(item, time);
        return { address, suppression: shown ? briefly(shown) : null };
      }),
    });
  };

/** Without notes and history: with them the answer could exceed the 6 MB that Lambda lets through. */
const briefly = ({ reason, categories, suppressedAt, causes }: NonNullable<ReturnType<typeof showSuppression>>) => ({
  ...{ reason, categories, suppressedAt },
  causes: causes.map(({ cause }) => cause),
});
