import type { EmailAttributes } from '../../domain/ses-events/email-attributes.ts';
import type { LastBounce } from '../../domain/ses-events/last-bounce.ts';
import type { LineVariants } from '../../domain/status/line-variants.ts';
import { outranks, type Proposal } from '../../domain/status/proposal.ts';
import { isRankOfSes } from '../../domain/status/statuses.ts';
import {
  both,
  type Condition,
  hasRoom,
  IS_THERE,
  type ItemUpdate,
  isGone,
  onCondition,
  type StoredItem,
  setOf,
} from '../dynamodb/update-item.ts';
import { lastBounceFor } from './last-bounce-update.ts';
import { originFor } from './message-pointer.ts';

/** The line of an open, a read or a click, and the other lines under which the same event may be stored already. */
export type Engagement = LineVariants & Readonly<{ line: string }>;

/** The facts of one write. Each line is created once, then compared and written. */
export type FactBatch = Readonly<{
  lines: readonly string[];
  /** Opens, reads and clicks: the only facts without a natural limit. */
  engagement: readonly Engagement[];
  spellings: readonly string[];
  proposal: Proposal | undefined;
  /** The latest bounce's diagnostic among the facts. */
  lastBounce: LastBounce | undefined;
  description: EmailAttributes;
  /** The email has expired: a deleted item is not created again. */
  isPastEnd: boolean;
}>;

/** A scanner can open one email thousands of times, and DynamoDB rejects every write to an item of more than 400 KB. */
export const MOST_EVENTS = 100;

/**
 * The write that adds a batch of facts to an item. If the item was not read, it writes all of them, on the condition that
 * the item needs no other change. If the item came back with a failed condition, it writes what is missing there, and is
 * `undefined` if nothing is.
 */
export const factUpdate = (batch: FactBatch, known: StoredItem | undefined): ItemUpdate | undefined => {
  if (batch.isPastEnd && isGone(known)) return undefined;
  const update = known === undefined ? firstWrite(batch) : remainder(batch, known);
  return batch.isPastEnd ? onCondition(IS_THERE, update) : update;
};

const firstWrite = (batch: FactBatch): ItemUpdate => {
  const { lines, engagement, spellings, proposal, description } = batch;
  const origin = originFor(description, undefined);
  const bounce = lastBounceFor(batch.lastBounce, undefined);
  const set = { ...statusOf(proposal), ...origin.set, ...bounce.set };
  return {
    set,
    setOnce: without(description, set),
    remove: removedBy(proposal),
    add: { events: [...lines, ...engagement.map(({ line }) => line)], spellings },
    condition: [wins(proposal, engagement), hasNoVariant(engagement), origin.condition, bounce.condition].reduce(
      both,
      undefined,
    ),
  };
};

const remainder = (batch: FactBatch, known: StoredItem): ItemUpdate | undefined => {
  const { lines, engagement, spellings, proposal, description } = batch;
  const events = setOf(known.events);
  const missing = lines.filter((line) => !events.has(line));
  const missingEngagement = engagement.filter(
    ({ line, instead }) => ![line, ...instead].some((one) => events.has(one)),
  );
  const replaced = new Set(engagement.flatMap(({ replaced }) => replaced.filter((line) => events.has(line))));
  // A line that replaces another one needs no room.
  const fittingEngagement =
    events.size < MOST_EVENTS
      ? missingEngagement
      : missingEngagement.filter((one) => one.replaced.some((line) => replaced.has(line)));
  const added = [...missing, ...fittingEngagement.map(({ line }) => line)];
  const raised = proposal !== undefined && wouldWin(proposal, known) ? proposal : undefined;
  const origin = originFor(description, known);
  const bounce = lastBounceFor(batch.lastBounce, known);

  const set = {
    ...{ ...statusOf(raised), ...origin.set, ...bounce.set },
    ...(fittingEngagement.length < missingEngagement.length && MORE_ENGAGEMENT),
    // One UpdateItem cannot both add elements to a set and delete elements from it.
    ...(replaced.size > 0 && { events: new Set([...[...events].filter((line) => !replaced.has(line)), ...added]) }),
  };
  const setOnce = without(description, set);
  const add = {
    events: replaced.size > 0 ? [] : added,
    spellings: spellings.filter((spelling) => !setOf(known.spellings).has(spelling)),
  };
  const changes =
    Object.entries(set).some(([attribute, value]) => known[attribute] !== value) ||
    Object.keys(setOnce).some((attribute) => !(attribute in known)) ||
    add.events.length + add.spellings.length > 0;
  if (!changes) return undefined;

  const conditions = [
    raised && WINS(raised),
    ...(replaced.size > 0
      ? [{ expression: '#events = :known', values: { known: events } }]
      : [fittingEngagement.length > 0 ? HAS_ROOM : undefined, hasNoVariant(fittingEngagement)]),
    origin.condition,
    bounce.condition,
  ];
  // Every write has the email's attributes, so that the item does not depend on the order of events.
  return { set, setOnce, remove: removedBy(raised), add, condition: conditions.reduce(both, undefined) };
};

/** The attributes to set only if they are absent: all that are not in `set`. */
const without = (description: EmailAttributes, set: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(description).filter(([attribute]) => !(attribute in set)));

/** There were more opens, reads or clicks than are stored. */
const MORE_ENGAGEMENT = { moreEngagement: true };
const HAS_ROOM = hasRoom('events', MOST_EVENTS);

/** The condition that the row has no other line of these events. */
const hasNoVariant = (engagement: readonly Engagement[]): Condition | undefined => {
  const variants = engagement.flatMap(({ instead, replaced }) => [...instead, ...replaced]);
  if (variants.length === 0) return undefined;
  return {
    expression: `NOT (${variants.map((_, position) => `contains(#events, :v${position})`).join(' OR ')})`,
    values: Object.fromEntries(variants.map((line, position) => [`v${position}`, line])),
  };
};

const statusOf = (proposal: Proposal | undefined) =>
  proposal === undefined ? {} : { status: proposal.status, rank: proposal.rank, statusAt: proposal.at };

/**
 * The values are personal data, and only sending needs them: they are removed once SES has the email. Until then a user
 * may send it again.
 */
const removedBy = (proposal: Proposal | undefined): readonly string[] =>
  proposal !== undefined && isRankOfSes(proposal.rank) ? ['values'] : [];

/** Whether a proposal outranks the item's status, in memory; `WINS` is the same as a condition for DynamoDB. */
const wouldWin = (proposal: Proposal, { rank, statusAt, status }: StoredItem): boolean =>
  rank === undefined || outranks(proposal, { rank, at: statusAt, status } as Proposal);

const HIGHER = 'attribute_not_exists(#rank) OR #rank < :rank';
const EARLIER = '#rank = :rank AND (#statusAt > :statusAt OR (#statusAt = :statusAt AND #status > :status))';
const WINS = ({ status, rank, at }: Proposal): Condition => ({
  expression: `${HIGHER} OR (${EARLIER})`,
  values: { status, rank, statusAt: at },
});

/** For an item that was not read: opens and clicks that do not raise the rank are added only while there is room. */
const wins = (proposal: Proposal | undefined, engagement: readonly Engagement[]): Condition | undefined => {
  const room = engagement.length > 0 ? HAS_ROOM : undefined;
  if (proposal === undefined || room === undefined) return both(proposal && WINS(proposal), room);
  return {
    expression: `${HIGHER} OR (${EARLIER} AND (${room.expression}))`,
    values: { ...WINS(proposal).values, ...room.values },
  };
};
