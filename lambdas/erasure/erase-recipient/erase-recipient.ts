import type { ErasureQueue } from '../../aws/sqs/erasure-queue.ts';
import { accepted } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { EmailEraser } from '../../store/emails/erase-emails.ts';
import type { Erasures } from '../../store/erasures/erasures.ts';
import type { SuppressionEraser } from '../../store/suppressions/erase-suppression.ts';

export type Dependencies = Readonly<{
  erasures: Pick<Erasures, 'remember'>;
  emails: Pick<EmailEraser, 'count'>;
  suppressions: Pick<SuppressionEraser, 'erase'>;
  queue: Pick<ErasureQueue, 'begin'>;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

/**
 * Erases a person. The erasure is stored first, so that recording does not write deleted rows again. Another function
 * deletes the emails, because an address may have any number of them. After a failure, a repeat of the request completes it.
 */
export const eraseRecipient =
  ({ erasures, emails, suppressions, queue, now }: Dependencies): Route<'DELETE /v1/recipients/{email}'> =>
  async ({ path, query }) => {
    const { address } = path.email;
    const suppressionToo = query.suppression === 'erase';
    const erasure = { address, erasedAt: now(), suppressionToo };
    await erasures.remember(erasure);
    const found = await emails.count(address, erasure.erasedAt);
    if (suppressionToo) await suppressions.erase(address);
    await queue.begin(erasure);
    return accepted({
      address,
      erasedAt: erasure.erasedAt,
      emails: found.emails,
      emailsAreFloor: found.isFloor,
      suppression: suppressionToo ? 'erased' : 'kept',
    });
  };
