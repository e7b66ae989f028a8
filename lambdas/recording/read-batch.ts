import type { SQSRecord } from 'aws-lambda';
import { MESSAGE_ITSELF } from '../domain/attribution.ts';
import { describe } from '../domain/description.ts';
import { type Acknowledged, type Reading, readRecord } from '../domain/ses-record.ts';
import { UnreadableRecord } from '../domain/shape.ts';
import type { SuppressionChange } from '../domain/suppression-change.ts';
import type { Arrival } from '../store/record-facts.ts';

/** One write to do, and the records of the batch that must be repeated should it fail. */
export type Task<What> = { readonly what: What; readonly records: Set<string> };

/** A batch of records, read and sorted into the writes it calls for. */
export type Batch = Readonly<{
  arrivals: readonly Task<Arrival>[];
  changes: readonly Task<SuppressionChange>[];
  acknowledged: readonly Acknowledged[];
  unreadable: readonly Unreadable[];
}>;

/** `record` is SQS's id of it, by which its dead letter is found. */
export type Unreadable = Readonly<{ record: string; code: string; problem: string }>;

/** Reads a batch and groups it: what concerns one item is one write, so Send and Delivery together cost one. */
export const readBatch = (records: readonly SQSRecord[], retentionDays: number): Batch => {
  const arrivals = new Map<string, Task<Arrival>>();
  const changes = new Map<string, Task<SuppressionChange>>();
  const acknowledged: Acknowledged[] = [];
  const unreadable: Unreadable[] = [];

  for (const { messageId: record, body } of records) {
    try {
      const reading = readRecord(body);
      if (reading.outcome === 'acknowledged') {
        acknowledged.push(reading.reason);
        continue;
      }
      for (const arrival of arrivalsOf(reading, retentionDays)) add(arrivals, keyOf(arrival), arrival, record, merged);
      for (const change of reading.suppressions) add(changes, JSON.stringify(change), change, record, (known) => known);
    } catch (error) {
      unreadable.push({ record, ...problemOf(error) });
    }
  }
  return { arrivals: [...arrivals.values()], changes: [...changes.values()], acknowledged, unreadable };
};

/** A mistake of ours in reading one record must not take the rest of its batch down; its text may quote the record. */
const problemOf = (error: unknown): Omit<Unreadable, 'record'> =>
  error instanceof UnreadableRecord
    ? { code: error.code, problem: error.message }
    : { code: 'reader_failed', problem: error instanceof Error ? error.name : typeof error };

const arrivalsOf = (
  { message, facts }: Extract<Reading, { outcome: 'facts' }>,
  retentionDays: number,
): readonly Arrival[] =>
  facts.map(({ recipient, spellings, fact }) => ({
    messageId: message.messageId,
    recipient,
    spellings,
    facts: [fact],
    movesStatus: recipient !== MESSAGE_ITSELF,
    description: describe(message, recipient, retentionDays),
  }));

// The message id may hold anything a tag may; a line break is in neither of the two.
const keyOf = ({ messageId, recipient }: Arrival): string => `${messageId}\n${recipient}`;

const merged = (one: Arrival, other: Arrival): Arrival => ({
  ...one,
  facts: [...one.facts, ...other.facts],
  spellings: [...new Set([...one.spellings, ...other.spellings])],
  // An event that says less (a bounce without headers has no subject) must not hide what another says.
  description: { ...other.description, ...one.description },
});

const add = <What>(
  tasks: Map<string, Task<What>>,
  key: string,
  what: What,
  record: string,
  merge: (known: What, next: What) => What,
): void => {
  const known = tasks.get(key);
  tasks.set(key, {
    what: known === undefined ? what : merge(known.what, what),
    records: new Set([...(known?.records ?? []), record]),
  });
};
