import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { closedCategories } from '../../domain/suppression/category-opt-outs.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { textOf } from '../dynamodb/row.ts';
import { writeUntilSettled } from '../dynamodb/update-item.ts';
import { categoryOptOut, categoryRemoval } from './manual-category-edit.ts';
import { type ByHand, type Edit, type Removal, removalOf } from './manual-edit.ts';
import { readSuppressions, type Suppressed, suppressEach, suppressOne, type ToSuppress } from './suppress-many.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** What is asked of the list. It is in no particular order. */
export type SuppressionsAsked = Readonly<{
  /** The last address of the page before. */
  after?: string | undefined;
  limit: number;
  keep: (item: SuppressionItem) => boolean;
}>;

/** A page of the list; `last` is the address where it ended, `undefined` at the end of the list. */
export type SuppressionPage = Readonly<{ items: readonly SuppressionItem[]; last: string | undefined }>;

export type SuppressionList = Readonly<{
  /** What is kept of an address, suppressed now or not. */
  get: (address: string) => Promise<SuppressionItem | undefined>;
  /** The same of many, in their order. */
  getEach: (addresses: readonly string[]) => Promise<readonly (SuppressionItem | undefined)[]>;
  page: (asked: SuppressionsAsked) => Promise<SuppressionPage>;
  /** Suppresses an address by hand; `isNew` where it was not suppressed before. */
  suppress: (address: string, byHand: ByHand) => Promise<Suppressed>;
  /** The same with many different addresses, in their order. After a failure, repeating it completes it. */
  suppressEach: (all: readonly ToSuppress[]) => Promise<readonly Suppressed[]>;
  /** Unsubscribes an address from one category (folded) by hand; `isNew` where it was not unsubscribed from it. */
  leaveCategory: (address: string, category: string, byHand: ByHand) => Promise<Suppressed>;
  /** Ends that an address left one category (folded); `undefined` where it did not. */
  liftCategory: (
    address: string,
    category: string,
    now: string,
  ) => Promise<Omit<Removal, 'edit' | 'isPart'> | undefined>;
  /** Lifts what suppresses an address; `undefined` where nothing does. */
  lift: (address: string, unsubscribe: boolean, now: string) => Promise<Omit<Removal, 'edit' | 'isPart'> | undefined>;
}>;

/**
 * The Suppressions table, as a person reads and changes it. A change is one UpdateItem on the condition that the row is
 * still as it was read, and done anew from what it has become where it is not.
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
   * Lifts what is said of a row: in one write, and in more where the address left more categories than one write can open.
   * Broken off in between, the rest stays closed and is lifted when it is asked for again.
   */
  const lift = async (
    read: SuppressionItem | undefined,
    lifting: (item: SuppressionItem) => Removal | undefined,
  ): Promise<Removal | undefined> => {
    let answer = read && lifting(read);
    if (read === undefined || answer === undefined) return undefined;
    await change(read.address, read, (item) => {
      answer = lifting(item);
      return answer?.edit;
    });
    if (!answer?.isPart) return answer;
    const rest = await lift(answer.item, lifting);
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
  // Consistent: whoever has just changed a suppression looks at it next.
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { address }, ConsistentRead: true }));
  return Item === undefined ? undefined : readSuppressionRow(Item);
};

/** The filters must not make one answer read the whole list. */
const MOST_EXAMINED = 500;

const readPage = async (
  client: DynamoDBDocumentClient,
  table: string,
  { after, limit, keep }: SuppressionsAsked,
): Promise<SuppressionPage> => {
  const items: SuppressionItem[] = [];
  let [last, examined] = [after, 0];
  while (examined < MOST_EXAMINED) {
    const wanted = Math.min(100, MOST_EXAMINED - examined);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        // A full last page has a LastEvaluatedKey too: only one row more than wanted tells whether there are more.
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
