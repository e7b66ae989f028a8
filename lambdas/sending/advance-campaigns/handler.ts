import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readStep } from '../../aws/sqs/campaign-steps.ts';
import { errorName } from '../../runtime/error-name.ts';
import { type AdvanceDependencies, type Advanced, advance } from './advance.ts';
import { type ResendDependencies, resend } from './resend.ts';

export type Dependencies = AdvanceDependencies &
  ResendDependencies &
  Readonly<{ logger: Pick<Logger, 'info' | 'error'> }>;

/** Milliseconds that must be left to start another page: it takes about two seconds, or a few more with retries. */
export const A_PAGE = 10_000;

/** Advances campaigns: starts, queues, ends and resends. If it is interrupted, a repeat completes it. */
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
        // Only the name: the SDK's message may quote keys, which contain addresses.
        logger.error('not advanced', { record, error: errorName(error) });
        failed.push(record);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
