import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkSecretReader } from '../../aws/link-secret.ts';
import { fetchesForOthers, keptOpen } from '../../domain/status/link-facts.ts';
import { foldAddress } from '../../domain/values/address.ts';
import { tokenIn } from '../../domain/values/link-token.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { LinkFactRecorder } from '../../store/emails/record-link-fact.ts';
import { type Claims, makeToken, readToken } from '../token.ts';
import { leadOn, pixel } from './pixel.ts';

export type Dependencies = Readonly<{
  secret: LinkSecretReader;
  emails: Pick<LinkFactRecorder, 'each'>;
  /** Resolves after so many milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'error'>;
}>;

/** Milliseconds: an email counts as read when it was kept open for more than five seconds. */
export const READ_AFTER = 5_500;

/**
 * Answers the pixel of an email. The answer to the first token keeps whoever has the email open waiting, and leads on to
 * the second; only who still has it open then asks for that one. Nobody tells here that a mail program stopped listening.
 */
export const createHandler = ({ secret, emails, wait, now, logger }: Dependencies) => {
  const answerTo = async (token: string, asksForItself: boolean, place: string) => {
    const key = await secret();
    const [opened, read] = [readToken(key, 'open', token), readToken(key, 'read', token)];
    if (opened === undefined && read === undefined) return pixel(404);
    if (!asksForItself) return pixel(200);
    if (read !== undefined) return record(read);
    await wait(READ_AFTER);
    return leadOn(makeToken(key, { kind: 'read', ...(opened as Claims) }), place);
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
    const asksForItself = http.method === 'GET' && !fetchesForOthers(event.headers['user-agent']);
    const answer = await answerTo(token, asksForItself, place).catch((error: unknown) => {
      // By name: what the SDK says of keys holds addresses.
      logger.error('request failed', { error: errorName(error), requestId });
      return pixel(500);
    });
    return http.method === 'HEAD' ? { ...answer, body: '', isBase64Encoded: false } : answer;
  };
};
