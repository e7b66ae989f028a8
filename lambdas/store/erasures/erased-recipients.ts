import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type ErasedRecipients, erasedRecipients, type Remembered } from '../../domain/erasure/erasure.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { LEDGER, SALT } from './erasures.ts';

/** Who was erased, as far as it is known at `now` (milliseconds since 1970). */
export type ErasedReader = (now: number) => Promise<ErasedRecipients>;

/** Milliseconds for which what was read is used. */
export const MARKS_FRESH_FOR = 60_000;

/**
 * Milliseconds for which it is used where it cannot be read anew: recording goes on while this one table is away. Whoever
 * is erased has their emails looked for again later than that (erasure-queue.ts), when nobody goes by less any more.
 */
export const MARKS_TOLERATED_FOR = 600_000;

/** Marks are written within seconds of the time they carry; read anew is what may have been on its way. */
const OVERLAP = 300_000;

/**
 * Keeps the marks in memory, as recording may not read for each fact: one Query a minute at most, which reads only what is
 * new since the last, and all the first time.
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
    // A clock that was set back is no reason to go by old marks.
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

/** Entries come in the order of their times: the last one of a person is the latest. */
const remember = (marks: Map<string, Remembered>, row: Row): void => {
  const [erasedAt = '', mark = ''] = textOf(row, 'entry').split(' ');
  const known = marks.get(mark);
  if (known !== undefined && known.erasedAt > erasedAt) return;
  const suppressionErasedAt = row.suppressionToo === true ? erasedAt : known?.suppressionErasedAt;
  marks.set(mark, { erasedAt, suppressionErasedAt });
};
