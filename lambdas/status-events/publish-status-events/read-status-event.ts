import type { DynamoDBRecord } from 'aws-lambda';
import { emailStatusChanged } from '../../domain/status-events/email-status-changed.ts';
import type { StatusEvent } from '../../domain/status-events/status-event.ts';
import { suppressionChanged } from '../../domain/status-events/suppression-changed.ts';
import { readStreamRecord, readSuppressionRecord } from '../../store/emails/email-change.ts';

/**
 * The event to publish for a record of the EmailStatus or the Suppressions table's stream; `undefined` if it changed
 * nothing that is published. A deleted row is not parsed.
 *
 * @throws UnreadableRow where it is a record of neither
 */
export const readStatusEvent = (record: DynamoDBRecord): StatusEvent | undefined => {
  const row = record.dynamodb?.NewImage;
  if (row === undefined) return undefined;
  // The key of a row identifies its table; comparing the stream's ARN would need a variable of the function.
  if ('address' in row) {
    const { before, after, at } = readSuppressionRecord(record);
    const detail = suppressionChanged(before, after, at);
    return detail && { type: 'SuppressionChanged', detail };
  }
  const { before, after } = readStreamRecord(record);
  const detail = emailStatusChanged(before, after);
  return detail && { type: 'EmailStatusChanged', detail };
};
