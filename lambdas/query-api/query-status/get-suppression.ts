import { ok } from '../../http/answer.ts';
import { notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { showSuppression } from './show-suppression.ts';

/** Why an address must not be written to. */
export const getSuppression =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'GET /v1/suppressions/{email}'> =>
  async ({ path }) => {
    const item = await suppressions.get(path.email.address);
    const shown = item && showSuppression(item, now());
    if (shown === undefined) throw notFound(NOT_SUPPRESSED);
    return ok(shown);
  };

export const NOT_SUPPRESSED = 'This address is not suppressed.';
