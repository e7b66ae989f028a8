import { list } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { EMAIL_COLUMNS } from './email-columns.ts';
import { showEmail } from './show-email.ts';
import { hasStatus } from './status-filter.ts';

/** The emails to an address, newest first. */
export const listRecipientMessages =
  ({ archive, now }: Pick<Dependencies, 'archive' | 'now'>): Route<'GET /v1/recipients/{email}/messages'> =>
  async ({ path, query, after, nextCursor }) => {
    const { from, to, status, limit, vocabulary } = query;
    const { emails, last } = await archive.emailsTo({
      recipient: path.email.address,
      ...{ from, to, limit },
      after: after(0, 'createdAt', 'messageId'),
      keep: status && ((email) => hasStatus(email, status)),
    });
    const asked = { vocabulary, now: now() };
    return list(
      {
        items: emails.map((email) => showEmail(email, asked)),
        ...(last && { nextCursor: nextCursor({ 0: last }) }),
        applied: { from: from ?? null, to: to ?? null, status: status ?? null, limit, vocabulary },
      },
      EMAIL_COLUMNS,
    );
  };
