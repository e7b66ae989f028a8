import type { SlotAnswer, SlotRequest, StoredSlots } from './slots.ts';

/** How far ahead slots can be taken, in microseconds. A later time was written by a wrong clock. */
export const FARTHEST = 60_000_000;

type Parts = Readonly<{ set: string; condition: string; values: Readonly<Record<string, number | string>> }>;

/** Advances the time of the next slot by the slots that are taken, if there are that many soon enough. */
export const slotsUpdate = (request: SlotRequest) => {
  const { count, spacing, from, until, campaigns } = request;
  const length = count * spacing;
  const soon = 'nextPlaceAt BETWEEN :from AND :latest';
  const set = 'nextPlaceAt = nextPlaceAt + :length';
  const values = { ':length': length, ':from': from, ':latest': until - length };
  if (campaigns === undefined || campaigns.turnUntil < until)
    return expressions(request, { set, condition: soon, values });
  return expressions(request, {
    set,
    condition: `(${soon} OR (nextPlaceAt BETWEEN :from AND :turnLatest AND ${DUE}))`,
    values: { ...values, ':turnLatest': campaigns.turnUntil - length, ...dueAt(campaigns.now) },
  });
};

/**
 * Sets the time of the next slot from `from` on, if the stored one is past (unused slots are not made up for), too far
 * ahead, or not a number.
 */
export const resetUpdate = (request: SlotRequest) => {
  const { count, spacing, from } = request;
  return expressions(request, {
    set: 'nextPlaceAt = :next',
    condition: `(${['attribute_not_exists(nextPlaceAt)', ...UNUSABLE].join(' OR ')})`,
    values: { ':next': from + count * spacing, ':from': from, ':farthest': from + FARTHEST, ':number': 'N' },
  });
};

const UNUSABLE = ['nextPlaceAt < :from', 'nextPlaceAt > :farthest', 'NOT attribute_type(nextPlaceAt, :number)'];

/** Why there are no such slots now, or `reset` if the item must be reset. */
export const whyNone = (
  { next, taken, dueAt }: StoredSlots,
  { count, spacing, from, until, campaigns }: SlotRequest,
): Exclude<SlotAnswer, { first: number }> | 'reset' => {
  if (campaigns?.most !== undefined && taken + count > campaigns.most) {
    return { none: 'quota', left: Math.max(0, campaigns.most - taken) };
  }
  // The condition of the update decides: the stored number may be rounded here.
  if (next === undefined || next <= from || next >= from + FARTHEST) return 'reset';
  const beyond = (end: number) => Math.max(0, next - (end - count * spacing));
  if (campaigns === undefined) return { none: 'rate', wait: beyond(until) };
  const { now, turnUntil } = campaigns;
  const turn = Math.max((dueAt ?? now) - now, beyond(turnUntil));
  return { none: 'rate', wait: Math.min(beyond(until), turn) };
};

/** Like the time of the next slot, a time that is too far ahead does not count. */
const DUE = '(attribute_not_exists(campaignsDueAt) OR campaignsDueAt <= :now OR campaignsDueAt > :farthestDue)';
const dueAt = (now: number) => ({ ':now': now, ':farthestDue': now + FARTHEST });

const expressions = ({ count, campaigns }: SlotRequest, { set, condition, values }: Parts) => {
  const most = campaigns?.most;
  return {
    UpdateExpression: `SET ${set}${campaigns === undefined ? '' : ', campaignsDueAt = :dueAt'} ADD placesTaken :count`,
    ConditionExpression:
      most === undefined ? condition : `${condition} AND (attribute_not_exists(placesTaken) OR placesTaken <= :most)`,
    ExpressionAttributeValues: {
      ...values,
      ':count': count,
      ...(campaigns !== undefined && { ':dueAt': campaigns.now + campaigns.turn }),
      ...(most !== undefined && { ':most': most - count }),
    },
  };
};
