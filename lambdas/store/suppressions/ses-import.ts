import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import type { SesListEntry } from '../../domain/suppression/ses-list.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { foldAddress } from '../../domain/values/address.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { isRow } from '../dynamodb/row.ts';
import { conditionalUpdate, writeUntilSettled } from '../dynamodb/update-item.ts';
import { imported } from './import-entry.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** How far an import has come. */
export type ImportProgress = Readonly<{
  /** Where SES's list goes on; absent where the last import came to its end. */
  token?: string;
  /** What was read since its beginning, and how many addresses were brought in. */
  pages: number;
  entries: number;
  imported: number;
}>;

/** The Suppressions table as the import uses it. */
export type ImportedSuppressions = Readonly<{
  /**
   * Brings in what the table lacks of these entries, and says how many addresses that were. `now` is ISO 8601. An address
   * that is to be left out, since a person had it erased, is brought in only where the table has a row of it again.
   */
  bringIn: (entries: readonly SesListEntry[], now: string, leaveOut?: (address: string) => boolean) => Promise<number>;
  progress: () => Promise<ImportProgress | undefined>;
  saveProgress: (progress: ImportProgress) => Promise<void>;
}>;

/** The key of the row that keeps the progress: no address is spelled so. */
const PROGRESS = '*';

/** Rows written at the same time. */
const AT_ONCE = 16;

export const importedSuppressions = (client: DynamoDBDocumentClient, table: string): ImportedSuppressions => {
  const bringInOne = async (item: SuppressionItem, entries: readonly SesListEntry[], now: string) => {
    const { address } = item;
    let isNew = false;
    await writeUntilSettled(client, table, { address }, (known) => {
      const edit = imported(known === undefined ? item : readSuppressionRow({ ...known, address }), entries, now);
      isNew = edit?.isNew ?? false;
      return edit?.update;
    });
    return isNew;
  };

  return {
    bringIn: async (entries, now, leaveOut = () => false) => {
      // What is no address to us can be no recipient of ours.
      const known = entries.flatMap((entry) => {
        const address = foldAddress(entry.spelling);
        return address === undefined ? [] : [{ address, entry }];
      });
      const byAddress = Map.groupBy(known, ({ address }) => address);
      const rows = await readItems(client, table, [...byAddress.keys()]);
      const limit = pLimit(AT_ONCE);
      const brought = await Promise.all(
        [...byAddress].map(([address, told]) => {
          const row = rows.get(address);
          if (row === undefined && leaveOut(address)) return false;
          const all = told.map(({ entry }) => entry);
          return limit(() => bringInOne(row ?? { address }, all, now));
        }),
      );
      return brought.filter((isNew) => isNew).length;
    },
    progress: async () => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { address: PROGRESS }, ConsistentRead: true }),
      );
      const { token, pages, entries, imported: brought } = isRow(Item?.sesImport) ? Item.sesImport : {};
      if (typeof token !== 'string') return undefined;
      return { token, pages: Number(pages), entries: Number(entries), imported: Number(brought) };
    },
    saveProgress: async (progress) => {
      await conditionalUpdate(client, table, { address: PROGRESS }, { set: { sesImport: progress } });
    },
  };
};

const readItems = async (client: DynamoDBDocumentClient, table: string, addresses: readonly string[]) => {
  const items = new Map<string, SuppressionItem>();
  for (let start = 0; start < addresses.length; start += MOST_KEYS_AT_ONCE) {
    const keys = addresses.slice(start, start + MOST_KEYS_AT_ONCE).map((address) => ({ address }));
    for (const row of await batchGet(client, table, keys)) {
      const item = readSuppressionRow(row);
      items.set(item.address, item);
    }
  }
  return items;
};
