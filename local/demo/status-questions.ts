import { CommandError, problemIn, request, UsageError } from '../command.ts';

/** What the API says of one recipient's email, as far as the table shows it. */
export type StatusAnswer = Readonly<{ status: string; label: string }>;

/**
 * The meaning of every status in a vocabulary.
 *
 * @throws UsageError where the API does not know the vocabulary, NoStackError where nothing answers
 */
export const meaningsIn = async (url: string, vocabulary: string): Promise<ReadonlyMap<string, string>> => {
  const answer = await request(url, `/v1/statuses?${new URLSearchParams({ vocabulary })}`);
  const text = await answer.text();
  if (answer.status === 400) throw new UsageError(`${problemIn(400, text)}.`);
  if (!answer.ok) throw new CommandError(`GET /v1/statuses: ${problemIn(answer.status, text)}`);
  const { items } = JSON.parse(text) as { items: readonly { status: string; meaning: string }[] };
  return new Map(items.map(({ status, meaning }) => [status, meaning]));
};

/** Waits until all that was published is recorded; how many records ended in a dead-letter queue. */
export const settle = async (url: string): Promise<number> => {
  const answer = await request(url, '/local/settle', { method: 'POST' });
  const text = await answer.text();
  if (!answer.ok) throw new CommandError(`POST /local/settle: ${problemIn(answer.status, text)}`);
  return (JSON.parse(text) as { deadLetters: number }).deadLetters;
};

/** What became of one email to one address; `undefined` where the API knows nothing of it. */
export const statusOf = async (
  url: string,
  messageId: string,
  address: string,
  vocabulary: string,
): Promise<StatusAnswer | undefined> => {
  const path = `/v1/messages/${encodeURIComponent(messageId)}/recipients/${encodeURIComponent(address)}`;
  const answer = await request(url, `${path}?${new URLSearchParams({ vocabulary })}`);
  const text = await answer.text();
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new CommandError(`GET ${path}: ${problemIn(answer.status, text)}`);
  return JSON.parse(text) as StatusAnswer;
};
