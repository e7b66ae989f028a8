import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readStep } from '../../aws/sqs/campaign-steps.ts';
import { errorName } from '../../runtime/error-name.ts';
import { type AdvanceDependencies, type Advanced, advance } from './advance.ts';
import { type ResendDependencies, resend } from './resend.ts';

export type Dependencies = AdvanceDependencies &
  ResendDependencies &
  Readonly<{ logger: Pick<Logger, 'info' | 'error'> }>;

/** Milliseconds that must be left to begin another page: it takes about two seconds, its retries included a few more. */
export const A_PAGE = 10_000;

/** Moves campaigns on: starts, queues, ends and sends again. Broken off anywhere, it is completed by being repeated. */
export const createHandler =
  ({ logger, ...dependencies }: Dependencies) =>
  async ({ Records }: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const hasTime = () => context.getRemainingTimeInMillis() > A_PAGE;
    const work = (body: string): Promise<Advanced> => {
      const step = readStep(body);
      return step.why === 'resend' ? resend(dependencies, step, hasTime) : advance(dependencies, step, hasTime);
    };
    const failed: string[] = [];
    for (const { messageId: record, body } of Records) {
      try {
        logger.info('advanced', { record, ...(await work(body)) });
      } catch (error) {
        // By name: what the SDK says of keys is not for the log.
        logger.error('not advanced', { record, error: errorName(error) });
        failed.push(record);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
