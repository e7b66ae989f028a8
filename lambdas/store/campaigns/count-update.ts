import { latestCredible } from '../../domain/values/time.ts';
import { fitting } from '../dynamodb/expression-limits.ts';
import type { CampaignItem } from './campaign-row.ts';
import type { CountWrite } from './count-write.ts';

/**
 * The write as DynamoDB's expressions. Its condition is that the shard's position is still the one that was read, and that
 * the first activity gets only earlier and the last one only later; other shards may be counted meanwhile. It removes as
 * many of the old positions as fit into the expression: after days without counts, a campaign may have hundreds. The next
 * writes remove the rest.
 */
export const expressionOf = ({ sum, shard, sequence, now, forgotten }: CountWrite, item: CampaignItem) => {
  const names: Record<string, string> = { '#positions': 'positions', '#writes': 'writes' };
  const values: Record<string, unknown> = { ':one': 1, ':position': { sequence, at: now } };
  const set: string[] = [];
  const conditions: string[] = [];

  const add = ['#writes :one'];
  for (const [index, [name, count]] of Object.entries(sum.counters).entries()) {
    names[`#c${index}`] = name;
    values[`:c${index}`] = count;
    add.push(`#c${index} :c${index}`);
  }

  names['#shard'] = shard;
  const read = item.positions?.[shard];
  if (item.positions === undefined) {
    // An element of a map can be set only if the map exists.
    values[':position'] = { [shard]: { sequence, at: now } };
    set.push('#positions = :position');
    conditions.push('attribute_not_exists(#positions)');
    delete names['#shard'];
  } else {
    set.push('#positions.#shard = :position');
    if (read === undefined) conditions.push('attribute_not_exists(#positions.#shard)');
    else {
      names['#sequence'] = 'sequence';
      values[':read'] = read.sequence;
      conditions.push('#positions.#shard.#sequence = :read');
    }
  }

  for (const { attribute, time, holds } of activity({ sum, now }, item)) {
    names[`#${attribute}`] = attribute;
    values[`:${attribute}`] = time;
    set.push(`#${attribute} = :${attribute}`);
    conditions.push(`(attribute_not_exists(#${attribute}) OR ${holds})`);
    if (holds.includes(':latest')) values[':latest'] = latestCredible(now);
  }

  const update = [`SET ${set.join(', ')}`, `ADD ${add.join(', ')}`].join(' ');
  const paths = forgotten.map((_, index) => `#positions.#f${index}`);
  const removed = fitting(paths, ', ', update.length + ' REMOVE '.length);
  for (const index of removed.keys()) names[`#f${index}`] = forgotten[index] ?? '';
  return {
    UpdateExpression: removed.length > 0 ? `${update} REMOVE ${removed.join(', ')}` : update,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
};

/**
 * The times of activity that the write changes, each with the condition on the stored one. A stored last activity in the
 * future is invalid (an earlier version used a remote server's clock): any other time replaces it.
 */
const activity = (
  { sum: { firstActivityAt: first, lastActivityAt: last }, now }: Pick<CountWrite, 'sum' | 'now'>,
  item: CampaignItem,
) => [
  ...(first !== undefined && (item.firstActivityAt === undefined || first < item.firstActivityAt)
    ? [{ attribute: 'firstActivityAt', time: first, holds: '#firstActivityAt > :firstActivityAt' } as const]
    : []),
  ...(last !== undefined && isLater(last, item.lastActivityAt, now)
    ? [
        {
          ...{ attribute: 'lastActivityAt', time: last },
          holds: '#lastActivityAt < :lastActivityAt OR #lastActivityAt > :latest',
        } as const,
      ]
    : []),
];

/** The same check as the condition, in memory. */
const isLater = (time: string, stored: string | undefined, now: string): boolean =>
  stored === undefined || stored < time || stored > latestCredible(now);
