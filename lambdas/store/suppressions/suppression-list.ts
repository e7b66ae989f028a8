import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { closedCategories } from '../../domain/suppression/category-opt-outs.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { textOf } from '../dynamodb/row.ts';
import { writeUntilSettled } from '../dynamodb/update-item.ts';
import { categoryOptOut, categoryRemoval } from './manual-category-edit.ts';
import { type ByHand, type Edit, type Removal, removalOf } from './manual-edit.ts';
import { readSuppressions, type Suppressed, suppressEach, suppressOne, type ToSuppress } from './suppress-many.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** A query of the list, which is in no particular order. */
export type SuppressionsQuery = Readonly<{
  /** The last address of the page before. */
  after?: string | undefined;
  limit: number;
  keep: (item: SuppressionItem) => boolean;
}>;

/** A page of the list; `last` is its last address, `undefined` at the end of the list. */
export type SuppressionPage = Readonly<{ items: readonly SuppressionItem[]; last: string | undefined }>;

export type SuppressionList = Readonly<{
  /** The row of an address, whether it is suppressed now or not. */
  get: (address: string) => Promise<SuppressionItem | undefined>;
  /** The same for many addresses, in their order. */
  getEach: (addresses: readonly string[]) => Promise<readonly (SuppressionItem | undefined)[]>;
  page: (asked: SuppressionsQuery) => Promise<SuppressionPage>;
  /** Suppresses an address by hand; `isNew` if it was not suppressed before. */
  suppress: (address: string, byHand: ByHand) => Promise<Suppressed>;
  /** The same for many different addresses, in their order. After a failure, repeating the call completes it. */
  suppressEach: (all: readonly ToSuppress[]) => Promise<readonly Suppressed[]>;
  /** Unsubscribes an address from one category (folded) by hand; `isNew` if it was not unsubscribed from it. */
  leaveCategory: (address: string, category: string, byHand: ByHand) => Promise<Suppressed>;
  /** Ends the opt-out of one category (folded); `undefined` if there is none. */
  liftCategory: (
    address: string,
    category: string,
    now: string,
  ) => Promise<Omit<Removal, 'edit' | 'isPart'> | undefined>;
  /** Removes the suppression of an address; `undefined` if there is none. */
  lift: (address: string, unsubscribe: boolean, now: string) => Promise<Omit<Removal, 'edit' | 'isPart'> | undefined>;
}>;

/**
 * The Suppressions table, for reads and manual changes. A change is one UpdateItem on the condition that the row is
 * unchanged since it was read; otherwise it is repeated from the current row.
 */
export const suppressionList = (client: DynamoDBDocumentClient, table: string): SuppressionList => {
  const get = (address: string) => readSuppression(client, table, address);
  const change = (address: string, read: SuppressionItem, next: (item: SuppressionItem) => Edit | undefined) =>
    writeUntilSettled(
      client,
      table,
      { address },
      (known) => next(known === undefined ? read : readSuppressionRow({ ...known, address }))?.update,
    );
  /**
   * Removes a suppression in one write, or in more if the address has more category opt-outs than one write can end. If it
   * is interrupted, the other opt-outs remain, and a repeat of the request ends them.
   */
  const lift = async (
    read: SuppressionItem | undefined,
    remove: (item: SuppressionItem) => Removal | undefined,
  ): Promise<Removal | undefined> => {
    let answer = read && remove(read);
    if (read === undefined || answer === undefined) return undefined;
    await change(read.address, read, (item) => {
      answer = remove(item);
      return answer?.edit;
    });
    if (!answer?.isPart) return answer;
    const rest = await lift(answer.item, remove);
    return rest ? { ...rest, ended: [...answer.ended, ...rest.ended] } : answer;
  };

  return {
    get,
    getEach: (addresses) => readSuppressions(client, table, addresses),
    page: (asked) => readPage(client, table, asked),
    suppress: async (address, byHand) => suppressOne(client, table, (await get(address)) ?? { address }, byHand),
    suppressEach: (all) => suppressEach(client, table, all),
    leaveCategory: async (address, category, byHand) => {
      let answer = { item: (await get(address)) ?? { address }, isNew: false };
      await change(address, answer.item, (item) => {
        const edit = categoryOptOut(item, category, byHand);
        answer = { item: edit?.item ?? item, isNew: !hasLeft(item, category) };
        return edit;
      });
      return answer;
    },
    liftCategory: async (address, category, now) =>
      lift(await get(address), (item) => categoryRemoval(item, category, now)),
    lift: async (address, unsubscribe, now) => lift(await get(address), (item) => removalOf(item, unsubscribe, now)),
  };
};

const hasLeft = ({ categories }: SuppressionItem, category: string): boolean =>
  closedCategories(categories).some((one) => one.category === category);

/** One row, or `undefined`. */
export const readSuppression = async (
  client: DynamoDBDocumentClient,
  table: string,
  address: string,
): Promise<SuppressionItem | undefined> => {
  // Read consistently: a change is often followed by a read.
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { address }, ConsistentRead: true }));
  return Item === undefined ? undefined : readSuppressionRow(Item);
};

/** With a filter, one page must not read the whole list. */
const MOST_EXAMINED = 500;

const readPage = async (
  client: DynamoDBDocumentClient,
  table: string,
  { after, limit, keep }: SuppressionsQuery,
): Promise<SuppressionPage> => {
  const items: SuppressionItem[] = [];
  let [last, examined] = [after, 0];
  while (examined < MOST_EXAMINED) {
    const wanted = Math.min(100, MOST_EXAMINED - examined);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        // A full last page has a LastEvaluatedKey too, so one more row is read to find out whether there are more.
        Limit: wanted + 1,
        ...(last !== undefined && { ExclusiveStartKey: { address: last } }),
      }),
    );
    const more = Items.length > wanted || LastEvaluatedKey !== undefined;
    const rows = Items.slice(0, wanted);
    for (const [index, row] of rows.entries()) {
      last = textOf(row, 'address');
      const item = readSuppressionRow(row);
      if (!keep(item)) continue;
      items.push(item);
      if (items.length === limit) return { items, last: more || index < rows.length - 1 ? last : undefined };
    }
    if (!more) return { items, last: undefined };
    examined += rows.length;
  }
  return { items, last };
};
