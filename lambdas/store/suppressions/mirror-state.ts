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
  /** Stores the state of SES's list, on the condition that the causes are still those of `item`; false if they are not. */
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
 * The mirror jobs for a batch of the table's stream: one for each address whose row, after its last change in the batch,
 * does not match the stored state of SES's list. Writes of the mirror and deleted rows need no job.
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

/** Pages of addresses whose row does not match, at `now` (ISO 8601), the stored state of SES's list. */
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

/** An unreadable row must not block the stream: the mirror fails on it, and its message becomes a dead letter. */
const needsMirror = (row: Record<string, unknown>, now: string): boolean => {
  try {
    return !isMirrored(readSuppressionRow(row), now);
  } catch {
    return true;
  }
};
