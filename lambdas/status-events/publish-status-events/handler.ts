import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { EventBus } from '../../aws/event-bus.ts';
import type { StatusEvent } from '../../domain/status-events/status-event.ts';
import { sequenceOf } from '../../store/emails/email-change.ts';
import { readStatusEvent } from './read-status-event.ts';

export type Dependencies = Readonly<{ bus: EventBus; logger: Pick<Logger, 'info' | 'error'> }>;

/** The first record of a batch could not be published. The message is a code. */
export class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

/**
 * Publishes the changes of a batch of either table's stream, in order, up to the first record that fails: from there on
 * Lambda delivers it again (Lambda guide, services-ddb-batchfailurereporting). Where that is the very first record, the
 * batch fails as a whole, because only then Lambda cuts it in two; so a record that fails for good is alone in the end,
 * and is discarded without those after it.
 */
export const createHandler =
  ({ bus, logger }: Dependencies) =>
  async (
    { Records }: DynamoDBStreamEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<DynamoDBBatchResponse> => {
    const { told, unreadable } = readAll(Records);
    const published = await bus.publish(
      told.map(({ event }) => event),
      () => context.getRemainingTimeInMillis(),
    );
    logger.info('published', { records: Records.length, events: published.events });
    const failed = told[published.events] ?? unreadable;
    if (failed === undefined) return { batchItemFailures: [] };
    const { sequence } = failed;
    const error = published.problem ?? 'UnreadableRow';
    logger.error('not published', { error, sequence });
    if (sequence === Records[0]?.dynamodb?.SequenceNumber) throw new NotPublished(error);
    return { batchItemFailures: [{ itemIdentifier: sequence }] };
  };

/** The events of a batch up to the first record that can't be read, and that one. */
const readAll = (records: DynamoDBStreamEvent['Records']) => {
  const told: Readonly<{ sequence: string; event: StatusEvent }>[] = [];
  for (const record of records) {
    const sequence = sequenceOf(record);
    try {
      const event = readStatusEvent(record);
      if (event !== undefined) told.push({ sequence, event });
    } catch {
      return { told, unreadable: { sequence } };
    }
  }
  return { told };
};
