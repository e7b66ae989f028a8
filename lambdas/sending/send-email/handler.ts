import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readEmailToSend } from '../../aws/sqs/emails-to-send.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { type Handled, type Reporting, reportResults } from './report.ts';
import { type SendDependencies, sendBatch } from './send-batch.ts';

/** Processes the emails of a batch of queue messages. Messages that fail are received again. */
export const createHandler =
  ({ logger, metrics, ...dependencies }: SendDependencies & Reporting) =>
  async ({ Records }: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const read = Records.map(({ messageId: record, body }) => ({ record, ...emailIn(body) }));
    const readable = read.flatMap((each) => ('email' in each ? [each] : []));
    const results = await process(
      readable.map(({ email }) => email),
      dependencies,
      () => context.getRemainingTimeInMillis(),
    );
    const handled: readonly Handled[] = [
      ...read.filter((each) => 'error' in each),
      ...readable.map(({ record, email: { messageId } }, index): Handled => {
        const result = results[index];
        if (result?.status === 'fulfilled') return { record, messageId, result: result.value };
        return { record, messageId, error: result?.reason };
      }),
    ];
    reportResults(handled, { logger, metrics });
    return {
      batchItemFailures: handled.filter((one) => 'error' in one).map(({ record }) => ({ itemIdentifier: record })),
    };
  };

const emailIn = (body: string): Readonly<{ email: EmailToSend }> | Readonly<{ error: unknown }> => {
  try {
    return { email: readEmailToSend(body) };
  } catch (error) {
    return { error };
  }
};

const process = async (...[batch, dependencies, timeLeft]: Parameters<typeof sendBatch>) => {
  try {
    return await sendBatch(batch, dependencies, timeLeft);
  } catch (reason) {
    return batch.map(() => ({ status: 'rejected' as const, reason }));
  }
};
