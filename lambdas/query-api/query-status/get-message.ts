import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { ok } from '../../http/answer.ts';
import { notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import { MOST_RECIPIENTS } from '../../store/emails/get-message.ts';
import type { Dependencies } from './dependencies.ts';
import { showEmailInWords, showMessage, showUnattributed } from './show-email.ts';

/** A message, what happened to it for each recipient, and events that cannot be attributed to one recipient. */
export const getMessage =
  ({ archive, now }: Pick<Dependencies, 'archive' | 'now'>): Route<'GET /v1/messages/{messageId}'> =>
  async ({ path, query }) => {
    const found = await archive.message(path.messageId);
    if (found === undefined) throw notFound(NO_MESSAGE);
    const emails = found.rows.filter(({ recipient }) => recipient !== MESSAGE_ITSELF);
    const itself = found.rows.find(({ recipient }) => recipient === MESSAGE_ITSELF);
    const asked = { vocabulary: query.vocabulary, now: now() };
    return ok({
      ...showMessage(found.rows),
      recipients: emails.slice(0, MOST_RECIPIENTS).map((email) => showEmailInWords(email, asked)),
      moreRecipients: found.more || emails.length > MOST_RECIPIENTS,
      unattributed: itself === undefined ? null : showUnattributed(itself),
    });
  };

export const NO_MESSAGE = "No message has this id, neither as Mailtrail's nor as SES's.";
