import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkSecretReader } from '../../aws/link-secret.ts';
import { fetchesForOthers, keptOpen } from '../../domain/status/link-facts.ts';
import { foldAddress } from '../../domain/values/address.ts';
import { tokenIn } from '../../domain/values/link-token.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { LinkFactRecorder } from '../../store/emails/record-link-fact.ts';
import { type Claims, makeToken, readToken } from '../token.ts';
import { pixel, redirectTo } from './pixel.ts';

export type Dependencies = Readonly<{
  secret: LinkSecretReader;
  emails: Pick<LinkFactRecorder, 'each'>;
  /** Resolves after this many milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'error'>;
}>;

/** Milliseconds: an email counts as read if it was kept open for more than five seconds. */
export const READ_AFTER = 5_500;

/**
 * Answers the read pixel of an email. The answer to the first token is delayed, and redirects to the second. Only a mail
 * client that still shows the email then requests the second one. The function cannot detect a closed connection.
 */
export const createHandler = ({ secret, emails, wait, now, logger }: Dependencies) => {
  const answerTo = async (token: string, isOwnRequest: boolean, place: string) => {
    const key = await secret();
    const [opened, read] = [readToken(key, 'open', token), readToken(key, 'read', token)];
    if (opened === undefined && read === undefined) return pixel(404);
    if (!isOwnRequest) return pixel(200);
    if (read !== undefined) return record(read);
    await wait(READ_AFTER);
    return redirectTo(makeToken(key, { kind: 'read', ...(opened as Claims) }), place);
  };
  const record = async ({ messageId, recipient }: Claims) => {
    const address = foldAddress(recipient);
    if (address !== undefined) await emails.each({ messageId, recipient: address, fact: keptOpen(now()) });
    return pixel(200);
  };

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { http, requestId } = event.requestContext;
    const given = event.pathParameters?.token ?? '';
    const token = tokenIn(given) ?? '';
    const place = given.includes('/') ? event.rawPath.slice(0, event.rawPath.indexOf(given)) : '';
    const isOwnRequest = http.method === 'GET' && !fetchesForOthers(event.headers['user-agent']);
    const answer = await answerTo(token, isOwnRequest, place).catch((error: unknown) => {
      // Only the name: the SDK's message may quote keys, which contain addresses.
      logger.error('request failed', { error: errorName(error), requestId });
      return pixel(500);
    });
    return http.method === 'HEAD' ? { ...answer, body: '', isBase64Encoded: false } : answer;
  };
};
