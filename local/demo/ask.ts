import { CommandError, problemIn, request } from '../process/command.ts';
import { timeLimit } from './waiting.ts';

/** A request body and its parsed response: JSON, or none. */
type Question = Readonly<{ method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: object; key?: string; accept?: number }>;

/** Request timeout in milliseconds: API Gateway gives up after 29 seconds (HTTP API quotas). */
export const REQUEST_TIMEOUT = 30_000;

/**
 * Sends a request to the stack.
 *
 * @param path with its query
 * @throws CommandError on any response that is neither a success nor the status accepted by `accept`, and when there is
 * no response within 30 seconds
 */
export const ask = async <Answer>(
  url: string,
  path: string,
  { method = 'GET', body, key, accept }: Question = {},
): Promise<Answer> => {
  const signal = timeLimit(
    REQUEST_TIMEOUT,
    `${method} ${path.split('?')[0]} was not answered within ${REQUEST_TIMEOUT / 1_000} s.`,
  );
  const answer = await request(url, path, {
    ...{ method, signal },
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok && answer.status !== accept) {
    throw new CommandError(`${method} ${path}: ${problemIn(answer.status, text)}`);
  }
  return (text === '' ? {} : JSON.parse(text)) as Answer;
};
