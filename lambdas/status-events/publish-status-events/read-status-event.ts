import type { DynamoDBRecord } from 'aws-lambda';
import { emailStatusChanged } from '../../domain/status-events/email-status-changed.ts';
import type { StatusEvent } from '../../domain/status-events/status-event.ts';
import { suppressionChanged } from '../../domain/status-events/suppression-changed.ts';
import { readStreamRecord, readSuppressionRecord } from '../../store/emails/email-change.ts';

/**
 * What a record of the EmailStatus or the Suppressions table's stream is to be published as; `undefined` where it changed
 * nothing that is told. A row that is gone is not even read.
 *
 * @throws UnreadableRow where it is a record of neither
 */
export const readStatusEvent = (record: DynamoDBRecord): StatusEvent | undefined => {
  const row = record.dynamodb?.NewImage;
  if (row === undefined) return undefined;
  // A row tells by its key whose it is; the stream's ARN would have to be told to the function.
  if ('address' in row) {
    const { before, after, at } = readSuppressionRecord(record);
    const detail = suppressionChanged(before, after, at);
    return detail && { type: 'SuppressionChanged', detail };
  }
  const { before, after } = readStreamRecord(record);
  const detail = emailStatusChanged(before, after);
  return detail && { type: 'EmailStatusChanged', detail };
};
