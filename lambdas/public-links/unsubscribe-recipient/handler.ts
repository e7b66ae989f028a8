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
import { comeBack, type Dependencies, leave } from './unsubscribe.ts';

type Around = Readonly<{ secret: LinkSecretReader; logger: Pick<Logger, 'info' | 'error'> }>;

/**
 * Answers the link of an email by which its recipient leaves, or gets emails again. To look at it changes nothing, since
 * scanners follow every link; to post to it acts at once, since mail programs do so without anybody looking.
 */
export const createHandler = ({ secret, logger, ...dependencies }: Dependencies & Around) => {
  const answerTo = async (token: string, choice: Choice | undefined) => {
    const claims = readToken(await secret(), 'unsubscribe', tokenIn(token) ?? '');
    const address = claims && foldAddress(claims.recipient);
    if (claims === undefined || address === undefined) return page(404, texts.unknown);
    const { messageId, category } = claims;
    if (choice === undefined) return page(200, texts.asking(category));

    const chosen = choice === 'everything' || choice === 'return everything' ? undefined : category;
    const mail = chosen === undefined ? 'everything' : { category: chosen };
    if (isReturn(choice)) {
      await comeBack(dependencies)({ messageId, address, mail });
      logger.info('returned', { messageId, everything: chosen === undefined });
      return page(200, texts.returned(chosen, category));
    }
    const way = choice === 'OneClick' ? choice : 'UnsubscribePage';
    await leave(dependencies)({ messageId, address, mail, way });
    logger.info('left', { messageId, way, everything: chosen === undefined });
    return page(200, texts.done(chosen));
  };

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { http, requestId } = event.requestContext;
    const choice = http.method === 'POST' ? await readChoice(event) : undefined;
    const answer = await answerTo(event.pathParameters?.token ?? '', choice).catch((error: unknown) => {
      // By name: what the SDK says of keys holds addresses.
      logger.error('request failed', { error: errorName(error), requestId });
      return page(500, texts.failed(choice === 'OneClick' ? undefined : choice));
    });
    return http.method === 'HEAD' ? { ...answer, body: '' } : answer;
  };
};
