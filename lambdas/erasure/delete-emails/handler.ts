import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ErasureQueue, readErasure } from '../../aws/sqs/erasure-queue.ts';
import type { ErasureRequest } from '../../domain/erasure/erasure.ts';
import type { EmailEraser } from '../../store/emails/erase-emails.ts';
import type { ContentEraser } from '../../store/mailings/erase-content.ts';
import type { SuppressionEraser } from '../../store/suppressions/erase-suppression.ts';

export type Dependencies = Readonly<{
  emails: Pick<EmailEraser, 'erase' | 'isLater'>;
  eraseContent: ContentEraser;
  suppressions: Pick<SuppressionEraser, 'eraseLate'>;
  work: Pick<ErasureQueue, 'goOn'>;
  logger: Pick<Logger, 'info' | 'error'>;
}>;

/** Deletes what is kept of the emails of people who are erased. Broken off anywhere, it is completed by being repeated. */
export const createHandler =
  ({ emails, eraseContent, suppressions, work, logger }: Dependencies) =>
  async ({ Records }: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const erase = async (erasure: ErasureRequest) => {
      const { address, erasedAt } = erasure;
      const timeLeft = () => context.getRemainingTimeInMillis();
      const deleted = await emails.erase(address, erasedAt, timeLeft, eraseContent);
      if (!deleted.done) await work.goOn(erasure);
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
        // By name: what the SDK says of keys is not for the log.
        logger.error('not erased', { record, error: error instanceof Error ? error.name : typeof error });
        failed.push(record);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
