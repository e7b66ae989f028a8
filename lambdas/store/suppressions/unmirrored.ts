import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { textOf } from '../dynamodb/row.ts';
import { needsMirror } from './mirror-changes.ts';

/** Pages of addresses whose row wants something else of SES's list than it is known to say at `now` (ISO 8601). */
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
