import { ok } from '../http/answer.ts';
import { notFound } from '../http/problem.ts';
import { NOT_SUPPRESSED } from './get-suppression.ts';
import type { Dependencies, Route } from './routes.ts';
import { onSesList } from './show-suppression.ts';

/** Lifts a suppression. Nothing ended is no error: the answer says what remains. */
export const liftSuppression =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'DELETE /v1/suppressions/{email}'> =>
  async ({ path, query }) => {
    const { address } = path.email;
    const time = now();
    const lifted = await suppressions.lift(address, query.unsubscribe, time);
    if (lifted === undefined) throw notFound(NOT_SUPPRESSED);
    const { ended, remaining, item } = lifted;
    // By the row, not by what ended now: SES's list may still be to follow a lifting of a moment ago.
    return ok({ address, ended, remaining, onSesList: onSesList(item, time) });
  };
