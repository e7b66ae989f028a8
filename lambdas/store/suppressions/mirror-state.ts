import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SesListRecord, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { asItWas } from './manual-edit.ts';
import { readSuppression } from './suppression-list.ts';

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
