import { ok } from '../http/answer.ts';
import { notFound } from '../http/problem.ts';
import { NOT_SUPPRESSED } from './get-suppression.ts';
import type { Dependencies, Route } from './routes.ts';

/** Lifts a suppression. Nothing ended is no error: the answer says what remains. */
export const liftSuppression =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'DELETE /v1/suppressions/{email}'> =>
  async ({ path, query }) => {
    const { address } = path.email;
    const lifted = await suppressions.lift(address, query.unsubscribe, now());
    if (lifted === undefined) throw notFound(NOT_SUPPRESSED);
    const { ended, remaining } = lifted;
    return ok({
      address,
      ended,
      remaining,
      // Unsubscribing was never told to SES, so there is nothing to follow.
      onSesList: ended.some(({ cause }) => cause !== 'unsubscribe') ? 'pending' : false,
    });
  };
