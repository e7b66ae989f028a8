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

/** The progress of an import. */
export type ImportProgress = Readonly<{
  /** SES's token of the next page; absent if the last import is complete. */
  token?: string;
  /** Totals since its beginning; `imported` counts addresses. */
  pages: number;
  entries: number;
  imported: number;
}>;

/** The Suppressions table as the import uses it. */
export type ImportedSuppressions = Readonly<{
  /**
   * Imports what the table lacks of these entries. Resolves with the number of imported addresses. `now` is ISO 8601. An
   * address to leave out, because a person was erased, is imported only if the table has a row of it again.
   */
  bringIn: (entries: readonly SesListEntry[], now: string, leaveOut?: (address: string) => boolean) => Promise<number>;
  progress: () => Promise<ImportProgress | undefined>;
  saveProgress: (progress: ImportProgress) => Promise<void>;
}>;

/** The key of the progress row; not a valid address. */
const PROGRESS = '*';

/** Rows written concurrently. */
const AT_ONCE = 16;

export const importedSuppressions = (client: DynamoDBDocumentClient, table: string): ImportedSuppressions => {
  const importOne = async (item: SuppressionItem, entries: readonly SesListEntry[], now: string) => {
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
      // Mailtrail never sends to a text that is not a valid address.
      const known = entries.flatMap((entry) => {
        const address = foldAddress(entry.spelling);
        return address === undefined ? [] : [{ address, entry }];
      });
      const byAddress = Map.groupBy(known, ({ address }) => address);
      const rows = await readItems(client, table, [...byAddress.keys()]);
      const limit = pLimit(AT_ONCE);
      const results = await Promise.all(
        [...byAddress].map(([address, all]) => {
          const row = rows.get(address);
          if (row === undefined && leaveOut(address)) return false;
          const sesEntries = all.map(({ entry }) => entry);
          return limit(() => importOne(row ?? { address }, sesEntries, now));
        }),
      );
      return results.filter((isNew) => isNew).length;
    },
    progress: async () => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { address: PROGRESS }, ConsistentRead: true }),
      );
      const { token, pages, entries, imported: count } = isRow(Item?.sesImport) ? Item.sesImport : {};
      if (typeof token !== 'string') return undefined;
      return { token, pages: Number(pages), entries: Number(entries), imported: Number(count) };
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
