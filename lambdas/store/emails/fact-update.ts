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

/** The line of an open, a read or a click, and the lines that the same event may be recorded by already. */
export type Engagement = LineVariants & Readonly<{ line: string }>;

/** What goes into one write. Every line is made once: it is compared, and then written. */
export type FactBatch = Readonly<{
  lines: readonly string[];
  /** Opens, reads and clicks, the only facts that have no natural bound. */
  engagement: readonly Engagement[];
  spellings: readonly string[];
  proposal: Proposal | undefined;
  /** The latest bounce's diagnostic among the facts. */
  lastBounce: LastBounce | undefined;
  description: EmailAttributes;
  /** The email's end has passed: an item that is gone is not brought back. */
  isPastEnd: boolean;
}>;

/** A scanner can open one email thousands of times, and an item over 400 KB fails for good. */
export const MOST_EVENTS = 100;

/**
 * The write that brings an item up to what a portion tells. Of an item nobody has seen it is all of it, on the condition
 * that the item needs nothing else; of one that came back with a failed condition it is what is missing there, and
 * `undefined` where nothing is.
 */
export const factUpdate = (portion: FactBatch, known: StoredItem | undefined): ItemUpdate | undefined => {
  if (portion.isPastEnd && isGone(known)) return undefined;
  const update = known === undefined ? firstWrite(portion) : remainder(portion, known);
  return portion.isPastEnd ? onCondition(IS_THERE, update) : update;
};

const firstWrite = (portion: FactBatch): ItemUpdate => {
  const { lines, engagement, spellings, proposal, description } = portion;
  const origin = originFor(description, undefined);
  const bounce = lastBounceFor(portion.lastBounce, undefined);
  const set = { ...statusOf(proposal), ...origin.set, ...bounce.set };
  return {
    set,
    setOnce: without(description, set),
    remove: spentBy(proposal),
    add: { events: [...lines, ...engagement.map(({ line }) => line)], spellings },
    condition: [wins(proposal, engagement), hasNoVariant(engagement), origin.condition, bounce.condition].reduce(
      both,
      undefined,
    ),
  };
};

const remainder = (portion: FactBatch, known: StoredItem): ItemUpdate | undefined => {
  const { lines, engagement, spellings, proposal, description } = portion;
  const events = setOf(known.events);
  const missing = lines.filter((line) => !events.has(line));
  const missingEngagement = engagement.filter(
    ({ line, instead }) => ![line, ...instead].some((one) => events.has(one)),
  );
  const replaced = new Set(engagement.flatMap(({ replaced }) => replaced.filter((line) => events.has(line))));
  // A line that takes another's place needs no room.
  const brought =
    events.size < MOST_EVENTS
      ? missingEngagement
      : missingEngagement.filter((one) => one.replaced.some((line) => replaced.has(line)));
  const added = [...missing, ...brought.map(({ line }) => line)];
  const raised = proposal !== undefined && wouldWin(proposal, known) ? proposal : undefined;
  const origin = originFor(description, known);
  const bounce = lastBounceFor(portion.lastBounce, known);

  const set = {
    ...{ ...statusOf(raised), ...origin.set, ...bounce.set },
    ...(brought.length < missingEngagement.length && MORE_ENGAGEMENT),
    // One write cannot add to a set and take from it.
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
      : [brought.length > 0 ? HAS_ROOM : undefined, hasNoVariant(brought)]),
    origin.condition,
    bounce.condition,
  ];
  // Every write brings the description: whichever event comes first, the item ends the same.
  return { set, setOnce, remove: spentBy(raised), add, condition: conditions.reduce(both, undefined) };
};

/** What is set only where it is absent: all that is not set anyway. */
const without = (description: EmailAttributes, set: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(description).filter(([attribute]) => !(attribute in set)));

/** More opens, reads or clicks came than are kept. */
const MORE_ENGAGEMENT = { moreEngagement: true };
const HAS_ROOM = hasRoom('events', MOST_EVENTS);

/** That the row has no other line of these events. */
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

/** Only sending needs an email's values: they are personal, and SES has it. Before that a person may send it again. */
const spentBy = (proposal: Proposal | undefined): readonly string[] =>
  proposal !== undefined && isRankOfSes(proposal.rank) ? ['values'] : [];

/** Whether a proposal takes the status from what the item holds; `WINS` says it in DynamoDB's words. */
const wouldWin = (proposal: Proposal, { rank, statusAt, status }: StoredItem): boolean =>
  rank === undefined || outranks(proposal, { rank, at: statusAt, status } as Proposal);

const HIGHER = 'attribute_not_exists(#rank) OR #rank < :rank';
const EARLIER = '#rank = :rank AND (#statusAt > :statusAt OR (#statusAt = :statusAt AND #status > :status))';
const WINS = ({ status, rank, at }: Proposal): Condition => ({
  expression: `${HIGHER} OR (${EARLIER})`,
  values: { status, rank, statusAt: at },
});

/** For an item nobody has seen: opens and clicks that do not raise the rank go in only where there is room. */
const wins = (proposal: Proposal | undefined, engagement: readonly Engagement[]): Condition | undefined => {
  const room = engagement.length > 0 ? HAS_ROOM : undefined;
  if (proposal === undefined || room === undefined) return both(proposal && WINS(proposal), room);
  return {
    expression: `${HIGHER} OR (${EARLIER} AND (${room.expression}))`,
    values: { ...WINS(proposal).values, ...room.values },
  };
};
