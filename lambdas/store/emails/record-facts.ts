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

/** The facts of one SQS batch for one item of the EmailStatus table. */
export type EmailFacts = Readonly<{
  messageId: string;
  recipient: string;
  spellings: readonly string[];
  facts: readonly Fact[];
  /**
   * Whether the facts change the item's status: not on a message's own item (`*`), which is not an email to one
   * recipient.
   */
  movesStatus: boolean;
  description: EmailAttributes;
  /** When the first of the facts arrived (ISO 8601). */
  arrivedAt: string;
}>;

export type FactRecorder = (emailFacts: EmailFacts) => Promise<void>;

/**
 * Records facts: one UpdateItem, no read before it. A set addition is idempotent and a maximum does not depend on order, so
 * repeats, reordering and concurrent writers change nothing.
 */
export const factRecorder =
  (client: DynamoDBDocumentClient, table: string): FactRecorder =>
  async (emailFacts) => {
    const { messageId, recipient } = emailFacts;
    for (const batch of factBatchesOf(emailFacts)) {
      await writeUntilSettled(client, table, { messageId, recipient }, async (known) => {
        const update = factUpdate(batch, known);
        const { other } = known === undefined ? {} : originFor(emailFacts.description, known);
        // Before the item: if the write fails here, the retry finds the item as it was.
        if (other !== undefined) await writePointer(client, table, messageId, other);
        return update;
      });
    }
  };

/** Opens, reads and clicks are written this many at a time, and only while there is room (MOST_EVENTS). */
const MOST_ENGAGEMENT_IN_A_WRITE = 20;

/** Each variant takes about 30 bytes of a condition; DynamoDB's limit is 4 KB. */
const MOST_VARIANTS_IN_A_WRITE = 80;

/** Splits an email's facts into the batches of the writes that record them. */
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
  return splitEngagement(engagement).map((some, position) =>
    position === 0
      ? { lines, engagement: some, spellings, proposal, lastBounce: lastBounceOf(facts), ...common }
      : { lines: [], engagement: some, spellings: [], proposal: undefined, lastBounce: undefined, ...common },
  );
};

/** Each open, read and click once, with the line that the row stores for it. */
const engagementIn = (facts: readonly Fact[]): readonly Engagement[] => {
  const byLine = new Map(facts.map((fact) => [toLine(fact), fact]));
  const all = [...byLine].map(([line, fact]) => ({ line, ...lineVariantsOf(fact) }));
  return all.filter(({ instead }) => !instead.some((line) => byLine.has(line)));
};

const splitEngagement = (engagement: readonly Engagement[]): readonly (readonly Engagement[])[] => {
  const batches: Engagement[][] = [[]];
  let variants = 0;
  for (const one of engagement) {
    const more = one.instead.length + one.replaced.length;
    const last = batches.at(-1);
    if (last && last.length < MOST_ENGAGEMENT_IN_A_WRITE && variants + more <= MOST_VARIANTS_IN_A_WRITE) {
      last.push(one);
      variants += more;
    } else {
      batches.push([one]);
      variants = more;
    }
  }
  return batches;
};

const isEngagement = ({ kind }: Fact): boolean => kind === 'opened' || kind === 'read' || kind === 'clicked';

/** The fact that sets the status is in the first write, so that a row never has a status without the fact behind it. */
const strongestFirst = (one: Fact, other: Fact): number => {
  const [a, b] = [proposalOf(one), proposalOf(other)];
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return outranks(a, b) ? -1 : outranks(b, a) ? 1 : 0;
};

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];
