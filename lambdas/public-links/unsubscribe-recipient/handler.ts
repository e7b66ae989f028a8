import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkSecretReader } from '../../aws/link-secret.ts';
import { foldAddress } from '../../domain/values/address.ts';
import { tokenIn } from '../../domain/values/link-token.ts';
import { errorName } from '../../runtime/error-name.ts';
import { readToken } from '../token.ts';
import { type Choice, isReturn, readChoice } from './form-choice.ts';
import { page } from './page.ts';
import * as texts from './texts.ts';
import { type Dependencies, resubscribe, unsubscribe } from './unsubscribe.ts';

type HandlerDependencies = Readonly<{ secret: LinkSecretReader; logger: Pick<Logger, 'info' | 'error'> }>;

/**
 * Answers the unsubscribe link of an email. A GET changes nothing, because scanners open every link. A POST takes effect at
 * once, because mail clients send it without showing the page.
 */
export const createHandler = ({ secret, logger, ...dependencies }: Dependencies & HandlerDependencies) => {
  const answerTo = async (token: string, choice: Choice | undefined) => {
    const claims = readToken(await secret(), 'unsubscribe', tokenIn(token) ?? '');
    const address = claims && foldAddress(claims.recipient);
    if (claims === undefined || address === undefined) return page(404, texts.unknown);
    const { messageId, category } = claims;
    if (choice === undefined) return page(200, texts.asking(category));

    const chosen = choice === 'everything' || choice === 'return everything' ? undefined : category;
    const mail = chosen === undefined ? 'everything' : { category: chosen };
    if (isReturn(choice)) {
      await resubscribe(dependencies)({ messageId, address, mail });
      logger.info('returned', { messageId, everything: chosen === undefined });
      return page(200, texts.returned(chosen, category));
    }
    const way = choice === 'OneClick' ? choice : 'UnsubscribePage';
    await unsubscribe(dependencies)({ messageId, address, mail, way });
    logger.info('left', { messageId, way, everything: chosen === undefined });
    return page(200, texts.done(chosen));
  };

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { http, requestId } = event.requestContext;
    const choice = http.method === 'POST' ? await readChoice(event) : undefined;
    const answer = await answerTo(event.pathParameters?.token ?? '', choice).catch((error: unknown) => {
      // Only the name: the SDK's message may quote keys, which contain addresses.
      logger.error('request failed', { error: errorName(error), requestId });
      return page(500, texts.failed(choice === 'OneClick' ? undefined : choice));
    });
    return http.method === 'HEAD' ? { ...answer, body: '' } : answer;
  };
};
