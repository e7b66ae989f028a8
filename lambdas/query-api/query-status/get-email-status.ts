import { ok } from '../../http/answer.ts';
import { notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { NO_MESSAGE } from './get-message.ts';
import { showEmailWithEvents } from './show-email.ts';

/** One email to one recipient, with what happened to it. */
export const getEmailStatus =
  ({ archive, now }: Pick<Dependencies, 'archive' | 'now'>): Route<'GET /v1/messages/{messageId}/recipients/{email}'> =>
  async ({ path, query }) => {
    const found = await archive.email(path.messageId, path.email.address);
    if (found === 'no such message') throw notFound(NO_MESSAGE);
    if (found === 'no such recipient') throw notFound('The message is known, but not that it went to this address.');
    return ok(showEmailWithEvents(found, { vocabulary: query.vocabulary, now: now() }));
  };
