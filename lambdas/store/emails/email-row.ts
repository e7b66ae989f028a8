import { isStatus } from '../../domain/status/statuses.ts';
import { optional } from '../../domain/values/json.ts';
import { isRow, type Row, textOf, textsOf } from '../dynamodb/row.ts';
import type { EmailStatus } from './email.ts';

const TEXTS = [
  ...(['statusAt', 'subject', 'from', 'envelopeSender', 'createdAt', 'sesMessageId'] as const),
  ...(['campaignId', 'category', 'reason', 'acceptedAs', 'pointsTo'] as const),
] as const;
const NUMBERS = ['rank', 'deleteAfter'] as const;

/**
 * Reads a row of the EmailStatus table. A status that this version does not define is left out.
 * @throws UnreadableRow if it is not one
 */
export const readEmailRow = (row: Row): EmailStatus => {
  const { status, tags, moreEngagement, lastBounce } = row;
  return {
    messageId: textOf(row, 'messageId'),
    recipient: textOf(row, 'recipient'),
    // A newer version's status must not make a whole list unreadable after a rollback.
    ...(isStatus(status) ? { status } : {}),
    ...optional(row, 'string', TEXTS),
    ...optional(row, 'number', NUMBERS),
    ...(isRow(tags) ? { tags: readTags(tags) } : {}),
    ...(moreEngagement === true ? { moreEngagement } : {}),
    ...(isRow(lastBounce) ? readLastBounce(lastBounce) : {}),
    spellings: textsOf(row.spellings),
    events: textsOf(row.events),
  };
};

const readLastBounce = ({ at, diagnostic }: Row) =>
  typeof at === 'string' && typeof diagnostic === 'string' ? { lastBounce: { at, diagnostic } } : {};

const readTags = (tags: Row) =>
  Object.fromEntries(Object.entries(tags).map(([name, values]) => [name, textsOf(values)]));
