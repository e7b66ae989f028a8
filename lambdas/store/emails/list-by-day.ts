import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SHARDS, shardOf } from '../../domain/values/digest.ts';
import { DAY, later } from '../../domain/values/time.ts';
import { textOf } from '../dynamodb/row.ts';
import { mergeShards, type ShardPage } from './merge-shards.ts';

/** An email's key in the index by day. */
export type DayKey = Readonly<{ createdAt: string; messageId: string; recipient: string }>;

/** A range of the list of all emails, newest first. Times are ISO 8601 UTC with milliseconds. */
export type DayRange = Readonly<{
  /** Not before this time. */
  from: string;
  /** Before this time. */
  to: string;
  /** Only keys after this one. */
  after?: DayKey | undefined;
}>;

/** As many keys as half a read unit covers: 4 KB, at about 160 bytes a key. */
const KEYS_AT_ONCE = 25;

/** A day is eight queries: with more days at once, queries would wait for one of the SDK's 50 connections. */
const MOST_DAYS_AT_ONCE = 8;

/**
 * The keys of all emails, newest first; at equal times shard by shard, and within a shard in DynamoDB's order. One key
 * therefore gives the position in every shard, and is all that a cursor needs.
 *
 * Days are read one at a time, all shards at once. After an empty day the next two are read together, then four, then
 * eight: there is no list of the days with emails, and a month without any should not cost a month of round trips.
 */
export async function* listByDay(
  client: DynamoDBDocumentClient,
  table: string,
  range: DayRange,
): AsyncGenerator<DayKey, void> {
  const days = daysOf(range);
  let width = 1;
  for (let at = 0; at < days.length; ) {
    const together = days.slice(at, at + width);
    const read = await Promise.all(together.map((day) => Promise.all(firstPages(client, table, day, range))));
    at += together.length;
    const isEmpty = read.flat().every(({ keys }) => keys.length === 0);
    width = isEmpty ? Math.min(2 * width, MOST_DAYS_AT_ONCE) : 1;
    for (const shards of read) yield* mergeShards(shards, (one, other) => one.createdAt > other.createdAt);
  }
}

/** The days of a range, newest first, as `YYYY-MM-DD`. */
const daysOf = ({ from, to, after }: DayRange): readonly string[] => {
  const days: string[] = [];
  const oldest = Math.floor(Date.parse(from) / DAY);
  for (let day = Math.floor(Date.parse(after?.createdAt ?? later(to, -1)) / DAY); day >= oldest; day--) {
    days.push(new Date(day * DAY).toISOString().slice(0, 10));
  }
  return days;
};

const firstPages = (client: DynamoDBDocumentClient, table: string, day: string, range: DayRange) => {
  const { from, to, after } = range;
  const shardOfAfter = after && shardOf(after.messageId, after.recipient);
  return Array.from({ length: SHARDS }, async (_, shard): Promise<ShardPage<DayKey>> => {
    // At equal times, the shards before the key's own were read completely, and those behind it not at all.
    const isRead = shardOfAfter !== undefined && shard < shardOfAfter;
    const last = after === undefined ? later(to, -1) : isRead ? later(after.createdAt, -1) : after.createdAt;
    if (last < from) return { keys: [], rest: undefined };

    const read = async (start?: DayKey): Promise<ShardPage<DayKey>> => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'byDay',
          KeyConditionExpression: 'dayShard = :dayShard AND createdAt BETWEEN :from AND :last',
          ExpressionAttributeValues: { ':dayShard': `${day}/${shard}`, ':from': from, ':last': last },
          ScanIndexForward: false,
          Limit: KEYS_AT_ONCE,
          ...(start && { ExclusiveStartKey: { dayShard: `${day}/${shard}`, ...start } }),
        }),
      );
      const keys = Items.map((row) => ({
        createdAt: textOf(row, 'createdAt'),
        messageId: textOf(row, 'messageId'),
        recipient: textOf(row, 'recipient'),
      }));
      const end = keys.at(-1);
      return { keys, rest: LastEvaluatedKey && end ? () => read(end) : undefined };
    };
    return read(shard === shardOfAfter && after?.createdAt.startsWith(day) ? after : undefined);
  });
};
