import { CommandError, problemIn, request, UsageError } from '../process/command.ts';
import { ask } from './ask.ts';
import type { Sent } from './club-month.ts';
import { type Waiting, waitFor } from './waiting.ts';

/** What the API returns about one recipient's email, as far as the table shows it. */
export type StatusAnswer = Readonly<{ recipient: string; status: string; label: string; reason: string | null }>;

/**
 * The meaning of every status in a vocabulary.
 *
 * @throws UsageError if the vocabulary is unknown, NoStackError if nothing answers
 */
export const meaningsIn = async (url: string, vocabulary: string): Promise<ReadonlyMap<string, string>> => {
  const answer = await request(url, `/v1/statuses?${new URLSearchParams({ vocabulary })}`);
  const text = await answer.text();
  if (answer.status === 400) throw new UsageError(`${problemIn(400, text)}.`);
  if (!answer.ok) throw new CommandError(`GET /v1/statuses: ${problemIn(answer.status, text)}`);
  const { items } = JSON.parse(text) as { items: readonly { status: string; meaning: string }[] };
  return new Map(items.map(({ status, meaning }) => [status, meaning]));
};

/**
 * Waits until everything published is recorded. Returns how many records are in dead-letter queues.
 *
 * @throws CommandError after the limit
 */
export const settle = async (url: string, waiting: Waiting): Promise<number> => {
  const answer = await waitFor('every event to be recorded', waiting, (signal) =>
    request(url, '/local/settle', { method: 'POST', signal }),
  );
  const text = await answer.text();
  if (!answer.ok) throw new CommandError(`POST /local/settle: ${problemIn(answer.status, text)}`);
  return (JSON.parse(text) as { deadLetters: number }).deadLetters;
};

/** The status of each email of a mailing. */
export const statusesOf = async (url: string, sent: Sent, vocabulary: string): Promise<readonly StatusAnswer[]> => {
  const words = new URLSearchParams({ vocabulary });
  if ('messageId' in sent) {
    const message = `/v1/messages/${encodeURIComponent(sent.messageId)}`;
    return (await ask<{ recipients: readonly StatusAnswer[] }>(url, `${message}?${words}`)).recipients;
  }
  const recipients = `/v1/campaigns/${encodeURIComponent(sent.campaignId)}/recipients`;
  return (await ask<{ items: readonly StatusAnswer[] }>(url, `${recipients}?limit=100&${words}`)).items;
};
