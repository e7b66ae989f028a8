import fc from 'fast-check';
import { SHARDS, shardOf } from '../../lambdas/domain/values/digest.ts';
import { DAY, later } from '../../lambdas/domain/values/time.ts';

/** A row as the log needs it. */
export type DatedEmail = Readonly<{
  messageId: string;
  recipient: string;
  createdAt: string;
  dayShard: string;
  status: string;
  rank: number;
  category: string;
}>;

const RECIPIENT = 'ann@example.com';

/** Ids by shard. */
const IDS: readonly (readonly string[])[] = Array.from({ length: 8_000 }, (_, n) => `m${n}`).reduce<string[][]>(
  (shards, id) => {
    shards[shardOf(id, RECIPIENT)]?.push(id);
    return shards;
  },
  Array.from({ length: SHARDS }, () => []),
);

/** The nth email of a shard. */
export const anEmail = (shard: number, n: number, createdAt: string, more: object = {}): DatedEmail => ({
  messageId: IDS[shard]?.[n] ?? '',
  recipient: RECIPIENT,
  createdAt,
  dayShard: `${createdAt.slice(0, 10)}/${shard}`,
  ...{ status: 'delivered', rank: 200, category: 'receipt' },
  ...more,
});

/** Days with a gap between them, and times at their borders. */
const DAYS = [0, 1, 1, 2, 9, 30];
const TIMES = ['00:00:00.000', '00:00:00.001', '12:00:00.000', '23:59:59.998', '23:59:59.999'];

/** Instants of the 31 days from `start` (midnight) on. */
export const anInstant = (start: string) =>
  fc
    .tuple(fc.constantFrom(...DAYS), fc.constantFrom(...TIMES))
    .map(([day, time]) => `${later(start, day * DAY).slice(0, 10)}T${time}Z`);

/**
 * Emails of a month from `start` on: most of them at one instant and in one shard, so that equal times fill more than
 * one page, the others at the borders of days that are mostly empty.
 */
export const someEmails = (start: string) => {
  const aShard = fc.constantFrom(0, 5, 5, 5, 5, 6, 7, 1, 2, 3, 4);
  const aTime = fc.oneof(
    { weight: 3, arbitrary: fc.constant(`${later(start, DAY).slice(0, 10)}T12:00:00.000Z`) },
    { weight: 2, arbitrary: anInstant(start) },
  );
  const aStatus = fc.constantFrom('delivered', 'bounced_hard', 'bounced_soft', 'canceled', 'failed_rendering');
  return fc
    .array(fc.tuple(aShard, aTime, aStatus, fc.constantFrom('receipt', 'statement')), { maxLength: 170, size: 'max' })
    .map((drawn) =>
      drawn.map(([shard, createdAt, status, category], n) => anEmail(shard, n, createdAt, { status, category })),
    );
};

/** Emails in the order of the log: by time and, at equal times, by shard. */
export const inOrder = (emails: readonly DatedEmail[]): readonly string[] =>
  emails
    .map(({ createdAt, dayShard }) => ({ createdAt, shard: dayShard.slice(-1) }))
    .toSorted((one, other) =>
      one.createdAt === other.createdAt
        ? one.shard.localeCompare(other.shard)
        : other.createdAt.localeCompare(one.createdAt),
    )
    .map(({ createdAt, shard }) => `${createdAt} ${shard}`);
