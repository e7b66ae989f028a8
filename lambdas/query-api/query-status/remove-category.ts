import { foldCategory } from '../../domain/suppression/category-opt-outs.ts';
import { ok } from '../../http/answer.ts';
import { notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { onSesList } from './show-suppression.ts';

/** Ends an address's opt-out from one category of mail, and nothing else. */
export const removeCategory =
  ({
    suppressions,
    now,
  }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'DELETE /v1/suppressions/{email}/categories/{category}'> =>
  async ({ path }) => {
    const { address } = path.email;
    const time = now();
    const lifted = await suppressions.liftCategory(address, foldCategory(path.category), time);
    if (lifted === undefined) throw notFound(NOT_LEFT);
    const { ended, remaining, item } = lifted;
    return ok({ address, ended, remaining, onSesList: onSesList(item, time) });
  };

const NOT_LEFT =
  'This address is not unsubscribed from this category. It may be unsubscribed from all mail: see GET /v1/suppressions/{email}.';
