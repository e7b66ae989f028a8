import { list } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { EMAIL_COLUMNS } from './email-columns.ts';
import { showEmail } from './show-email.ts';
import { hasStatus } from './status-filter.ts';

/** All emails, newest first. */
export const listMessages =
  ({ archive, now }: Pick<Dependencies, 'archive' | 'now'>): Route<'GET /v1/messages'> =>
  async ({ query, after, nextCursor }) => {
    const { from, to, status, category, limit, vocabulary } = query;
    const { emails, last } = await archive.log({
      ...{ from, to, limit },
      after: after(0, 'createdAt', 'messageId', 'recipient'),
      keep: (email) =>
        (status === undefined || hasStatus(email, status)) && (category === undefined || email.category === category),
    });
    const asked = { vocabulary, now: now() };
    return list(
      {
        items: emails.map((email) => showEmail(email, asked)),
        ...(last && { nextCursor: nextCursor({ 0: last }) }),
        applied: { from, to, status: status ?? null, category: category ?? null, limit, vocabulary },
      },
      EMAIL_COLUMNS,
    );
  };
