import { ok } from '../../http/answer.ts';
import { conflict, notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { NOT_SUPPRESSED } from './get-suppression.ts';
import { onSesList } from './show-suppression.ts';

/** Removes a suppression. If only causes that stay are in force, nothing is changed, and the answer is a 409. */
export const removeSuppression =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'DELETE /v1/suppressions/{email}'> =>
  async ({ path, query }) => {
    const { address } = path.email;
    const time = now();
    const lifted = await suppressions.lift(address, query.unsubscribe, time);
    if (lifted === undefined) throw notFound(NOT_SUPPRESSED);
    const { ended, remaining, item } = lifted;
    if (ended.length === 0) throw conflict(ONLY_UNSUBSCRIBED);
    // By the row, not by what ended now: SES's list may not be updated yet after a removal a moment ago.
    return ok({ address, ended, remaining, onSesList: onSesList(item, time) });
  };

const ONLY_UNSUBSCRIBED =
  'Nothing was removed: the recipient unsubscribed, and no other cause is in force. If they ask for the mail again, send this request with unsubscribe=true, or DELETE /v1/suppressions/{email}/categories/{category} for one category.';
