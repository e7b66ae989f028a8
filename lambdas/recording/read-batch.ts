import type { SQSRecord } from 'aws-lambda';
import type { ErasedRecipients } from '../domain/erasure/erasure.ts';
import { MESSAGE_ITSELF } from '../domain/ses-events/attribution.ts';
import { emailAttributesOf, mergedAttributes } from '../domain/ses-events/email-attributes.ts';
import { type Acknowledged, type ParsedEvent, parseEvent } from '../domain/ses-events/parse-event.ts';
import type { SuppressionChange } from '../domain/ses-events/suppression-change.ts';
import { UnreadableRecord } from '../domain/values/json.ts';
import { errorName } from '../runtime/error-name.ts';
import type { EmailFacts } from '../store/emails/record-facts.ts';

/** One write to do, and the records of the batch that must be repeated should it fail. */
export type Task<What> = Readonly<{ what: What; records: ReadonlySet<string> }>;

/** A batch of records, read and sorted into the writes it calls for. */
export type Batch = Readonly<{
  arrivals: readonly Task<EmailFacts>[];
  changes: readonly Task<SuppressionChange>[];
  acknowledged: readonly Acknowledged[];
  unreadable: readonly Unreadable[];
  /** Facts of emails that were erased with their recipients: they are not recorded again. */
  erased: number;
}>;

/** `record` is SQS's id of it, by which its dead letter is found. */
export type Unreadable = Readonly<{ record: string; code: string; problem: string }>;

/**
 * Reads a batch and groups it: what concerns one item is one write, so Send and Delivery together cost one. What tells
 * of erased people's emails from before is left out.
 * @param options days an email is kept, and the time in milliseconds since 1970 for a record that says none
 */
export const readBatch = (
  records: readonly SQSRecord[],
  { retentionDays, now }: Readonly<{ retentionDays: number; now: number }>,
  erased: ErasedRecipients,
): Batch => {
  const arrivals = new Map<string, Told<EmailFacts>>();
  const changes = new Map<string, Told<SuppressionChange>>();
  const acknowledged: Acknowledged[] = [];
  const unreadable: Unreadable[] = [];
  let left = 0;

  for (const { messageId: record, body, attributes } of records) {
    try {
      const reading = parseEvent(body, queuedAt(attributes, now));
      if (reading.outcome === 'acknowledged') {
        acknowledged.push(reading.reason);
        continue;
      }
      const { acceptedAt } = reading.message;
      for (const arrival of arrivalsOf(reading, retentionDays)) {
        if (erased.email(arrival.recipient, acceptedAt)) left++;
        else add(arrivals, itemOf(arrival), arrival, record);
      }
      for (const change of reading.suppressions) {
        if (!erased.suppression(change.address, acceptedAt)) add(changes, changeIn(change), change, record);
      }
    } catch (error) {
      unreadable.push({ record, ...problemOf(error) });
    }
  }
  return {
    arrivals: [...arrivals.values()].map(({ told, records }) => ({ what: joined(told), records })),
    // The same change reported twice is one change.
    changes: [...changes.values()].map(({ told: [change], records }) => ({ what: change, records })),
    acknowledged,
    unreadable,
    erased: left,
  };
};

/** Two messages of SES's under one id of the sender's are two writes: the one that is not the item's gets a pointer. */
const itemOf = ({ messageId, recipient, description: { sesMessageId } }: EmailFacts): string =>
  JSON.stringify([messageId, recipient, sesMessageId]);

/** The same change may arrive twice. */
const changeIn = ({ arrivedAt: _, ...change }: SuppressionChange): string => JSON.stringify(change);

/** The facts about one item from several records. */
type Told<What> = Readonly<{ told: [What, ...What[]]; records: Set<string> }>;

const add = <What>(tasks: Map<string, Told<What>>, key: string, what: What, record: string): void => {
  const known = tasks.get(key);
  if (known === undefined) {
    tasks.set(key, { told: [what], records: new Set([record]) });
    return;
  }
  known.told.push(what);
  known.records.add(record);
};

/** A programming error on one record must not fail the rest of its batch. The error's message may quote the record. */
const problemOf = (error: unknown): Omit<Unreadable, 'record'> =>
  error instanceof UnreadableRecord
    ? { code: error.code, problem: error.message }
    : { code: 'reader_failed', problem: errorName(error) };

/** When SQS first received a record. For a record moved out of a dead-letter queue, the time of the move. */
const queuedAt = (attributes: Partial<SQSRecord['attributes']> | undefined, now: number): string => {
  const sent = Number(attributes?.SentTimestamp);
  return new Date(sent > 0 && Number.isFinite(sent) ? sent : now).toISOString();
};

const arrivalsOf = (
  { message, arrivedAt, facts }: Extract<ParsedEvent, { outcome: 'facts' }>,
  retentionDays: number,
): readonly EmailFacts[] =>
  facts.map(({ recipient, spellings, fact }) => ({
    messageId: message.messageId,
    recipient,
    spellings,
    facts: [fact],
    movesStatus: recipient !== MESSAGE_ITSELF,
    arrivedAt,
    description: emailAttributesOf(message, recipient, { retentionDays, arrivedAt }),
  }));

const joined = ([first, ...others]: readonly [EmailFacts, ...EmailFacts[]]): EmailFacts => ({
  ...first,
  facts: [first, ...others].flatMap(({ facts }) => facts),
  spellings: [...new Set([first, ...others].flatMap(({ spellings }) => spellings))],
  arrivedAt: others.reduce((first, { arrivedAt }) => (arrivedAt < first ? arrivedAt : first), first.arrivedAt),
  description: others.reduce((known, { description }) => mergedAttributes(known, description), first.description),
});

/** A write that failed: why, and the records it was for. */
export type Failure = Readonly<{ error: unknown; records: ReadonlySet<string> }>;
