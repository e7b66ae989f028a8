import { ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { showEmail } from './show-email.ts';
import { showSuppression } from './show-suppression.ts';

/** An address: whether it is suppressed, and the status of the newest email to it. */
export const getRecipient =
  ({ archive, suppressions, now }: Dependencies): Route<'GET /v1/recipients/{email}'> =>
  async ({ path, query }) => {
    const { address } = path.email;
    const [item, { emails }] = await Promise.all([
      suppressions.get(address),
      archive.emailsTo({ recipient: address, limit: 1 }),
    ]);
    const asked = { vocabulary: query.vocabulary, now: now() };
    const last = emails[0] === undefined ? undefined : showEmail(emails[0], asked);
    return ok({
      address,
      suppression: (item && showSuppression(item, asked.now)) ?? null,
      lastStatus: last?.status ?? null,
      lastLabel: last?.label ?? null,
      lastStatusAt: last?.statusAt ?? null,
      lastMessageId: last?.messageId ?? null,
    });
  };
