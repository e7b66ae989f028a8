import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import type { Row } from '../dynamodb/row.ts';
import { type Accepted, acceptedBefore } from './accepted-row.ts';

/** A recipient of a request, and the ids that its email may have. */
export type AcceptedEntry = Readonly<{
  /** Folded, as the row's key holds it. */
  recipient: string;
  /** The ids that its email may have: one of its own, and one shared by all emails to the address. */
  messageIds: readonly string[];
  /** The request and the recipient's index in it. Identifies the owner of a shared id. */
  acceptedAs: string;
}>;

/** How the emails of entries were accepted before, in their order; `undefined` for an entry without a row. */
export type FindAccepted = (
  entries: readonly AcceptedEntry[],
  inTime?: () => void,
) => Promise<readonly (Accepted | undefined)[]>;

const BATCHES_AT_ONCE = 5;

/** Read consistently, to find what an interrupted request wrote a moment ago. */
export const findAccepted =
  (client: DynamoDBDocumentClient, table: string): FindAccepted =>
  async (entries, inTime = () => {}) => {
    // DynamoDB rejects a batch with duplicate keys, and several entries may share an id.
    const keys = new Map(
      entries.flatMap(({ recipient, messageIds }) =>
        messageIds.map((messageId) => [messageId, { messageId, recipient }] as const),
      ),
    );
    const all = [...keys.values()];
    const batches = Array.from({ length: Math.ceil(all.length / MOST_KEYS_AT_ONCE) }, (_, batch) =>
      all.slice(batch * MOST_KEYS_AT_ONCE, (batch + 1) * MOST_KEYS_AT_ONCE),
    );
    const read = await mapConcurrently(BATCHES_AT_ONCE, batches, (batch) => {
      inTime();
      return batchGet(client, table, batch, { consistent: true });
    });
    const rows = new Map<unknown, Row>(read.flat().map((row) => [row.messageId, row]));
    return entries.map(({ messageIds, acceptedAs }) => {
      const messageId = messageIds.find((id) => rows.get(id)?.acceptedAs === acceptedAs);
      const row = messageId === undefined ? undefined : rows.get(messageId);
      return row && acceptedBefore(messageId as string, row);
    });
  };
