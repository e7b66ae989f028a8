import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Content, Mailing, MailingState } from '../../domain/mailing/mailing.ts';
import { type Row, textOf, textsOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { CONTENT, contentItem, PAGES, PLAN, pagePart, partKey, readContent, readPlan } from './mailing-row.ts';

/** A page of emails that a mailing is to send: ids without addresses. */
export type IdPage = Readonly<{ part: string; ids: readonly string[] }>;

/** The result of a change of state: whether it was made, and the current mailing if it was not. */
export type StateChange = Readonly<{ moved: true }> | Readonly<{ moved: false; mailing: Mailing | undefined }>;

export type Mailings = Readonly<{
  /** The current plan, read consistently. */
  read: (mailingId: string) => Promise<Mailing | undefined>;
  readContent: (mailingId: string) => Promise<Content | undefined>;
  putContent: (mailing: Pick<Mailing, 'mailingId' | 'deleteAfter'>, content: Content) => Promise<void>;
  putPage: (
    mailing: Pick<Mailing, 'mailingId' | 'deleteAfter'>,
    requestKey: string,
    number: number,
    ids: readonly string[],
  ) => Promise<void>;
  /** Up to `limit` of the remaining pages after `after`, read consistently. */
  pages: (mailingId: string, limit: number, after?: string) => Promise<readonly IdPage[]>;
  /** Deletes a page that is done. */
  deletePage: (mailingId: string, part: string) => Promise<void>;
  /** Changes the state, if it is one of `from` and no request is open: with an open request, the mailing is not complete. */
  move: (mailingId: string, from: readonly MailingState[], to: MailingState) => Promise<StateChange>;
  /** The same even if a request is open: canceling does not wait. */
  end: (mailingId: string, from: readonly MailingState[], to: MailingState) => Promise<StateChange>;
}>;

/** The Mailings table, as the sending functions use it. */
export const mailings = (client: DynamoDBDocumentClient, table: string): Mailings => {
  const get = async (mailingId: string, part: string): Promise<Row | undefined> => {
    const Key = partKey(mailingId, part);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  };
  const put = async (Item: Row): Promise<void> => {
    await client.send(new PutCommand({ TableName: table, Item }));
  };
  const moveIf = async (
    mailingId: string,
    from: readonly MailingState[],
    to: MailingState,
    more: string,
  ): Promise<StateChange> => {
    const names = from.map((_, index) => `:from${index}`);
    const values = Object.fromEntries(from.map((state, index) => [`from${index}`, state]));
    const known = await conditionalUpdate(client, table, partKey(mailingId, PLAN), {
      set: { state: to },
      condition: { expression: `#state IN (${names.join(', ')})${more}`, values },
    });
    if (known === undefined) return { moved: true };
    return { moved: false, mailing: known.part === undefined ? undefined : readPlan(known) };
  };

  return {
    read: async (mailingId) => {
      const row = await get(mailingId, PLAN);
      return row && readPlan(row);
    },
    readContent: async (mailingId) => {
      const row = await get(mailingId, CONTENT);
      return row && readContent(row);
    },
    putContent: ({ mailingId, deleteAfter }, content) => put(contentItem(mailingId, content, deleteAfter)),
    putPage: ({ mailingId, deleteAfter }, requestKey, number, ids) =>
      put({ ...partKey(mailingId, pagePart(requestKey, number)), ids: [...ids], deleteAfter }),
    pages: async (mailingId, limit, after = PAGES) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          // `$` is the character after `#`: everything that begins with `page#`, after `after`.
          KeyConditionExpression: 'campaignId = :mailing AND part BETWEEN :after AND :end',
          ExpressionAttributeValues: { ':mailing': mailingId, ':after': `${after} `, ':end': 'page$' },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return Items.map((row) => ({ part: textOf(row, 'part'), ids: textsOf(row.ids) }));
    },
    deletePage: async (mailingId, part) => {
      await client.send(new DeleteCommand({ TableName: table, Key: partKey(mailingId, part) }));
    },
    move: (mailingId, from, to) => moveIf(mailingId, from, to, ' AND attribute_not_exists(#openCalls)'),
    end: (mailingId, from, to) => moveIf(mailingId, from, to, ''),
  };
};
