import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ErasureQueue, readErasure } from '../../aws/sqs/erasure-queue.ts';
import type { ErasureRequest } from '../../domain/erasure/erasure.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { EmailEraser } from '../../store/emails/erase-emails.ts';
import type { ContentEraser } from '../../store/mailings/single-messages.ts';
import type { SuppressionEraser } from '../../store/suppressions/erase-suppression.ts';

export type Dependencies = Readonly<{
  emails: Pick<EmailEraser, 'erase' | 'isLater'>;
  eraseContent: ContentEraser;
  suppressions: Pick<SuppressionEraser, 'eraseLate'>;
  queue: Pick<ErasureQueue, 'resume'>;
  logger: Pick<Logger, 'info' | 'error'>;
}>;

/** Deletes the emails of erased people. A repeat completes an interrupted deletion. */
export const createHandler =
  ({ emails, eraseContent, suppressions, queue, logger }: Dependencies) =>
  async ({ Records }: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const erase = async (erasure: ErasureRequest) => {
      const { address, erasedAt } = erasure;
      const timeLeft = () => context.getRemainingTimeInMillis();
      const deleted = await emails.erase(address, erasedAt, timeLeft, eraseContent);
      if (!deleted.done) await queue.resume(erasure);
      else if (erasure.suppressionToo) {
        await suppressions.eraseLate(address, erasedAt, (id) => emails.isLater(address, id, erasedAt));
      }
      return deleted;
    };
    const failed: string[] = [];
    for (const { messageId: record, body } of Records) {
      try {
        logger.info('erased', { record, ...(await erase(readErasure(body))) });
      } catch (error) {
        logger.error('not erased', { record, error: errorName(error) });
        failed.push(record);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
