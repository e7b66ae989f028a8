import { foldCategory } from '../../domain/suppression/category-opt-outs.ts';
import { created, ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { noteIn } from './put-suppression.ts';
import { showSuppression } from './show-suppression.ts';

/** Unsubscribes an address from one category of mail by hand. */
export const putCategory =
  ({
    suppressions,
    now,
  }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'PUT /v1/suppressions/{email}/categories/{category}'> =>
  async ({ path, body }) => {
    const { address, spelling } = path.email;
    const time = now();
    const byHand = { spelling, note: noteIn(body.note), now: time };
    const { item, isNew } = await suppressions.leaveCategory(address, foldCategory(path.category), byHand);
    const shown = showSuppression(item, time);
    if (shown === undefined) throw new Error('a category opt-out that was just added is not in force');
    return isNew ? created(shown) : ok(shown);
  };
