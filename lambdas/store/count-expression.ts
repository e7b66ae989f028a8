import type { CampaignItem } from './campaign-item.ts';
import type { CountWrite } from './count-campaign.ts';

/**
 * The write as DynamoDB's expressions. Its condition is that the shard's position is still the one read, and that the
 * times of activity only move outwards; other shards may count into the item meanwhile.
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
    // A place in a map can only be set where the map is.
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

  const { firstActivityAt: first, lastActivityAt: last } = sum;
  const outwards = (attribute: string, sign: string, time: string) => {
    names[`#${attribute}`] = attribute;
    values[`:${attribute}`] = time;
    set.push(`#${attribute} = :${attribute}`);
    conditions.push(`(attribute_not_exists(#${attribute}) OR #${attribute} ${sign} :${attribute})`);
  };
  if (first !== undefined && first < (item.firstActivityAt ?? '~')) outwards('firstActivityAt', '>', first);
  if (last !== undefined && last > (item.lastActivityAt ?? '')) outwards('lastActivityAt', '<', last);

  const remove = forgotten.map((name, index) => {
    names[`#f${index}`] = name;
    return `#positions.#f${index}`;
  });
  return {
    UpdateExpression: [
      `SET ${set.join(', ')}`,
      `ADD ${add.join(', ')}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
};
