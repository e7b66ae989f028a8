import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type ErasedRecipients, erasedRecipients, type Remembered } from '../../domain/erasure/erasure.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { LEDGER, SALT } from './erasures.ts';

/** The erased recipients, as known at `now` (milliseconds since 1970). */
export type ErasedReader = (now: number) => Promise<ErasedRecipients>;

/** Milliseconds for which the marks in memory are used. */
export const MARKS_FRESH_FOR = 60_000;

/**
 * Milliseconds for which they are used if they cannot be read again: recording continues while this table is unavailable.
 * The emails of an erased person are searched again later than that (erasure-queue.ts), when no function uses older marks.
 */
export const MARKS_TOLERATED_FOR = 600_000;

/** Milliseconds. A mark is written within seconds of its time; the overlap covers marks that were not written yet. */
const OVERLAP = 300_000;

/**
 * Caches the marks in memory, because recording cannot read them for each fact: at most one Query a minute, which reads all
 * marks the first time, and then only the new ones.
 */
export const erasedReader = (client: DynamoDBDocumentClient, table: string): ErasedReader => {
  const marks = new Map<string, Remembered>();
  let salt: string | undefined;
  let [readAt, triedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  const read = async (now: number): Promise<void> => {
    const since = Number.isFinite(readAt) ? new Date(readAt - OVERLAP).toISOString() : '0';
    let start: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'ledger = :ledger AND entry >= :since',
          ExpressionAttributeValues: { ':ledger': LEDGER, ':since': since },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const row of Items) {
        if (textOf(row, 'entry') === SALT) salt = textOf(row, 'salt');
        else remember(marks, row);
      }
      start = LastEvaluatedKey;
    } while (start !== undefined);
    readAt = now;
  };

  return async (now) => {
    // If the clock was set back, the marks are read again.
    if (now < triedAt || now - triedAt >= MARKS_FRESH_FOR || now - readAt > MARKS_TOLERATED_FOR) {
      triedAt = now;
      try {
        await read(now);
      } catch (error) {
        if (now - readAt > MARKS_TOLERATED_FOR) throw error;
      }
    }
    return erasedRecipients(marks, salt);
  };
};

/** Entries are in the order of their times: the last one of a person is the latest. */
const remember = (marks: Map<string, Remembered>, row: Row): void => {
  const [erasedAt = '', mark = ''] = textOf(row, 'entry').split(' ');
  const known = marks.get(mark);
  if (known !== undefined && known.erasedAt > erasedAt) return;
  const suppressionErasedAt = row.suppressionToo === true ? erasedAt : known?.suppressionErasedAt;
  marks.set(mark, { erasedAt, suppressionErasedAt });
};
