import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Description } from '../domain/description.ts';
import type { Fact } from '../domain/fact.ts';
import { toLine } from '../domain/fact-line.ts';
import { foldFacts, outranks, type Proposal, proposalOf } from '../domain/proposal.ts';
import {
  both,
  type Condition,
  hasRoom,
  type ItemUpdate,
  type StoredItem,
  setOf,
  writeUntilSettled,
} from './conditional-update.ts';

/** What one batch brought for one item of the EmailStatus table. */
export type Arrival = Readonly<{
  messageId: string;
  recipient: string;
  spellings: readonly string[];
  facts: readonly Fact[];
  /** Whether the facts move the item's status: not on a message's own item, which is nobody's email. */
  movesStatus: boolean;
  description: Description;
}>;

export type FactRecorder = (arrival: Arrival) => Promise<void>;

/**
 * Records facts: one UpdateItem, no read before it. A set addition is idempotent and a maximum does not care about order,
 * so repeats, reordering and concurrent writers are harmless by construction.
 */
export const factRecorder =
  (client: DynamoDBDocumentClient, table: string): FactRecorder =>
  async (arrival) => {
    const { messageId, recipient } = arrival;
    for (const portion of portionsOf(arrival)) {
      await writeUntilSettled(client, table, { messageId, recipient }, (known) => nextWrite(portion, known));
    }
  };

/** A scanner can open one email thousands of times, and an item over 400 KB fails for good. */
export const MOST_EVENTS = 100;
const MOST_ENGAGEMENT_IN_A_WRITE = 20;

/** What goes into one write. Every line is made once: it is compared, and then written. */
type Portion = Readonly<{
  lines: readonly string[];
  /** Lines of opens and clicks, the only facts that have no natural bound. */
  engagement: readonly string[];
  spellings: readonly string[];
  proposal: Proposal | undefined;
  description: Description;
}>;

const portionsOf = ({ facts, spellings, movesStatus, description }: Arrival): readonly Portion[] => {
  const proposal = movesStatus ? foldFacts(facts) : undefined;
  const lines = unique(facts.filter((fact) => !isEngagement(fact)).map(toLine));
  const engagement = unique(facts.filter(isEngagement).toSorted(strongestFirst).map(toLine));
  const portions = [];
  for (let start = 0; start === 0 || start < engagement.length; start += MOST_ENGAGEMENT_IN_A_WRITE) {
    const some = engagement.slice(start, start + MOST_ENGAGEMENT_IN_A_WRITE);
    portions.push(
      start === 0
        ? { lines, engagement: some, spellings, proposal, description }
        : { lines: [], engagement: some, spellings: [], proposal: undefined, description },
    );
  }
  return portions;
};

const nextWrite = ({ lines, engagement, spellings, proposal, description }: Portion, known: StoredItem | undefined) => {
  if (known === undefined) {
    return update([...lines, ...engagement], spellings, proposal, description, firstCondition(proposal, engagement));
  }
  const events = setOf(known.events);
  const full = events.size >= MOST_EVENTS;
  const missing = lines.filter((line) => !events.has(line));
  const missingEngagement = engagement.filter((line) => !events.has(line));
  const raised = proposal !== undefined && wins(proposal, known) ? proposal : undefined;
  const brought = full ? [] : missingEngagement;
  const flag = full && missingEngagement.length > 0 && known.moreEngagement !== true;
  const missingSpellings = spellings.filter((spelling) => !setOf(known.spellings).has(spelling));
  const undescribed = Object.keys(description).some((attribute) => !(attribute in known));

  if (missing.length + brought.length + missingSpellings.length === 0 && !raised && !flag && !undescribed)
    return undefined;
  return update(
    [...missing, ...brought],
    missingSpellings,
    raised,
    description,
    both(raised && winsCondition(raised), brought.length > 0 ? HAS_ROOM : undefined),
    flag ? { moreEngagement: true } : {},
  );
};

const update = (
  events: readonly string[],
  spellings: readonly string[],
  proposal: Proposal | undefined,
  description: Description,
  condition: Condition | undefined,
  flags: { moreEngagement?: true } = {},
): ItemUpdate => ({
  set: { ...flags, ...(proposal && { status: proposal.status, rank: proposal.rank, statusAt: proposal.at }) },
  // Every write brings these: whichever event comes first, the item ends the same.
  setOnce: description,
  add: { events, spellings },
  condition,
});

/** Whether a proposal takes the status from what the item holds. The condition below says it in DynamoDB's words. */
const wins = (proposal: Proposal, { rank, statusAt, status }: StoredItem): boolean =>
  rank === undefined || outranks(proposal, { rank, at: statusAt, status } as Proposal);

const HIGHER = 'attribute_not_exists(#rank) OR #rank < :rank';
const EARLIER = '#rank = :rank AND (#statusAt > :statusAt OR (#statusAt = :statusAt AND #status > :status))';
const HAS_ROOM = hasRoom('events', MOST_EVENTS);

const winsCondition = ({ status, rank, at }: Proposal): Condition => ({
  expression: `${HIGHER} OR (${EARLIER})`,
  values: { status, rank, statusAt: at },
});

/** For an item nobody has seen: opens and clicks that do not raise the rank go in only where there is room. */
const firstCondition = (proposal: Proposal | undefined, engagement: readonly string[]): Condition | undefined => {
  const room = engagement.length > 0 ? HAS_ROOM : undefined;
  if (proposal === undefined || room === undefined) return both(proposal && winsCondition(proposal), room);
  const { values } = winsCondition(proposal);
  return {
    expression: `${HIGHER} OR (${EARLIER} AND (${room.expression}))`,
    values: { ...values, ...room.values },
  };
};

const isEngagement = ({ kind }: Fact): boolean => kind === 'opened' || kind === 'clicked';

/** The fact that gives the status goes into the first write, so that a status never stands without its reason. */
const strongestFirst = (one: Fact, other: Fact): number => {
  const [a, b] = [proposalOf(one), proposalOf(other)];
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return outranks(a, b) ? -1 : outranks(b, a) ? 1 : 0;
};

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];
