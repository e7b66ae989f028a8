import { isStatus } from '../domain/statuses.ts';
import type { EmailStatus } from './email-status.ts';
import { isRow, optional, type Row, textOf, textsOf, UnreadableRow } from './read-row.ts';

const TEXTS = ['statusAt', 'subject', 'from', 'createdAt', 'sesMessageId', 'campaignId', 'category', 'reason'] as const;
const NUMBERS = ['rank', 'deleteAfter'] as const;

/**
 * A row of the EmailStatus table.
 * @throws UnreadableRow where it is none; also for a status that this version has no word for.
 */
export const readEmailRow = (row: Row): EmailStatus => {
  const { status, tags, moreEngagement } = row;
  if (status !== undefined && !isStatus(status)) throw new UnreadableRow("a row's status is none that is known");
  return {
    messageId: textOf(row, 'messageId'),
    recipient: textOf(row, 'recipient'),
    ...(status === undefined ? {} : { status }),
    ...optional(row, 'string', TEXTS),
    ...optional(row, 'number', NUMBERS),
    ...(isRow(tags) ? { tags: readTags(tags) } : {}),
    ...(moreEngagement === true ? { moreEngagement } : {}),
    spellings: textsOf(row.spellings),
    events: textsOf(row.events),
  };
};

const readTags = (tags: Row) =>
  Object.fromEntries(Object.entries(tags).map(([name, values]) => [name, textsOf(values)]));
