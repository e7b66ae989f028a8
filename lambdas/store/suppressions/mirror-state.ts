import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MirrorJob } from '../../domain/suppression/mirror-job.ts';
import { isMirrored } from '../../domain/suppression/ses-list.ts';
import type { SesListRecord, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { asItWas } from './manual-edit.ts';
import { readSuppression } from './suppression-list.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** The Suppressions table as the mirror uses it. */
export type MirroredSuppressions = Readonly<{
  get: (address: string) => Promise<SuppressionItem | undefined>;
  /** Notes what SES's list says now, on the condition that the causes are still those of `item`; false where they are not. */
  record: (item: SuppressionItem, record: SesListRecord) => Promise<boolean>;
}>;

export const mirroredSuppressions = (client: DynamoDBDocumentClient, table: string): MirroredSuppressions => ({
  get: (address) => readSuppression(client, table, address),
  record: async (item, record) =>
    (await conditionalUpdate(
      client,
      table,
      { address: item.address },
      { set: { sesList: record }, condition: asItWas(item) },
    )) === undefined,
});

/**
 * The jobs that a batch of the table's stream makes: one for each address whose row, after its last change in the batch,
 * does not match what is known of its entry on SES's list. What the mirror notes on a row makes no job, nor does a row that
 * was deleted.
 */
export const mirrorJobsOf = (records: readonly DynamoDBRecord[], now: string): readonly MirrorJob[] => {
  const last = new Map<string, MirrorJob | undefined>();
  for (const { dynamodb } of records) {
    const { Keys, NewImage, SequenceNumber = '' } = dynamodb ?? {};
    const { address } = unmarshall((Keys ?? {}) as Record<string, AttributeValue>);
    if (typeof address !== 'string' || NewImage === undefined) continue;
    const row = unmarshall(NewImage as Record<string, AttributeValue>);
    last.set(address, needsMirror(row, now) ? { address, change: SequenceNumber } : undefined);
  }
  return [...last.values()].filter((job) => job !== undefined);
};

/** Pages of addresses whose row does not match, at `now` (ISO 8601), what is known of their entry on SES's list. */
export type UnmirroredSuppressions = (now: string) => AsyncGenerator<readonly string[]>;

export const unmirroredSuppressions = (client: DynamoDBDocumentClient, table: string): UnmirroredSuppressions =>
  async function* (now) {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({ TableName: table, ...(start !== undefined && { ExclusiveStartKey: start }) }),
      );
      yield Items.filter((row) => needsMirror(row, now)).map((row) => textOf(row, 'address'));
      start = LastEvaluatedKey;
    } while (start !== undefined);
  };

/** A row that can't be read must not block the stream: the mirror fails on it, and its message becomes a dead letter. */
const needsMirror = (row: Record<string, unknown>, now: string): boolean => {
  try {
    return !isMirrored(readSuppressionRow(row), now);
  } catch {
    return true;
  }
};
