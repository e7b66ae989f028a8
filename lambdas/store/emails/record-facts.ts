import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EmailAttributes } from '../../domain/ses-events/email-attributes.ts';
import { lastBounceOf } from '../../domain/ses-events/last-bounce.ts';
import type { Fact } from '../../domain/status/fact.ts';
import { toLine } from '../../domain/status/fact-line.ts';
import { lineVariantsOf } from '../../domain/status/line-variants.ts';
import { foldFacts, outranks, proposalOf } from '../../domain/status/proposal.ts';
import { writeUntilSettled } from '../dynamodb/update-item.ts';
import { type Engagement, type FactBatch, factUpdate } from './fact-update.ts';
import { originFor, writePointer } from './message-pointer.ts';

/** What one batch brought for one item of the EmailStatus table. */
export type EmailFacts = Readonly<{
  messageId: string;
  recipient: string;
  spellings: readonly string[];
  facts: readonly Fact[];
  /** Whether the facts move the item's status: not on a message's own item, which is nobody's email. */
  movesStatus: boolean;
  description: EmailAttributes;
  /** When the first of the facts arrived (ISO 8601). */
  arrivedAt: string;
}>;

export type FactRecorder = (arrival: EmailFacts) => Promise<void>;

/**
 * Records facts: one UpdateItem, no read before it. A set addition is idempotent and a maximum does not care about order,
 * so repeats, reordering and concurrent writers are harmless by construction.
 */
export const factRecorder =
  (client: DynamoDBDocumentClient, table: string): FactRecorder =>
  async (arrival) => {
    const { messageId, recipient } = arrival;
    for (const portion of factBatchesOf(arrival)) {
      await writeUntilSettled(client, table, { messageId, recipient }, async (known) => {
        const update = factUpdate(portion, known);
        const { other } = known === undefined ? {} : originFor(arrival.description, known);
        // Before the item: what breaks off here is done again, and finds the item as it was.
        if (other !== undefined) await writePointer(client, table, messageId, other);
        return update;
      });
    }
  };

/** Opens, reads and clicks go in by so many, and only while there is room (MOST_EVENTS). */
const MOST_ENGAGEMENT_IN_A_WRITE = 20;

/** Each variant takes some 30 bytes of a condition, of which DynamoDB takes 4 KB. */
const MOST_VARIANTS_IN_A_WRITE = 80;

/** What goes into each of the writes that record an arrival. */
export const factBatchesOf = ({
  facts,
  spellings,
  movesStatus,
  description,
  arrivedAt,
}: Omit<EmailFacts, 'messageId' | 'recipient'>): readonly FactBatch[] => {
  const isPastEnd = description.deleteAfter !== undefined && description.deleteAfter * 1_000 <= Date.parse(arrivedAt);
  const proposal = movesStatus ? foldFacts(facts) : undefined;
  const lines = unique(facts.filter((fact) => !isEngagement(fact)).map(toLine));
  const common = { description, isPastEnd };
  const engagement = engagementIn(facts.filter(isEngagement).toSorted(strongestFirst));
  return byPortion(engagement).map((some, position) =>
    position === 0
      ? { lines, engagement: some, spellings, proposal, lastBounce: lastBounceOf(facts), ...common }
      : { lines: [], engagement: some, spellings: [], proposal: undefined, lastBounce: undefined, ...common },
  );
};

/** Each open, read and click once, by the line that the row keeps of it. */
const engagementIn = (facts: readonly Fact[]): readonly Engagement[] => {
  const byLine = new Map(facts.map((fact) => [toLine(fact), fact]));
  const all = [...byLine].map(([line, fact]) => ({ line, ...lineVariantsOf(fact) }));
  return all.filter(({ instead }) => !instead.some((line) => byLine.has(line)));
};

const byPortion = (engagement: readonly Engagement[]): readonly (readonly Engagement[])[] => {
  const portions: Engagement[][] = [[]];
  let variants = 0;
  for (const one of engagement) {
    const more = one.instead.length + one.replaced.length;
    const last = portions.at(-1);
    if (last && last.length < MOST_ENGAGEMENT_IN_A_WRITE && variants + more <= MOST_VARIANTS_IN_A_WRITE) {
      last.push(one);
      variants += more;
    } else {
      portions.push([one]);
      variants = more;
    }
  }
  return portions;
};

const isEngagement = ({ kind }: Fact): boolean => kind === 'opened' || kind === 'read' || kind === 'clicked';

/** The fact that gives the status goes into the first write, so that a status never stands without its reason. */
const strongestFirst = (one: Fact, other: Fact): number => {
  const [a, b] = [proposalOf(one), proposalOf(other)];
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return outranks(a, b) ? -1 : outranks(b, a) ? 1 : 0;
};

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];
