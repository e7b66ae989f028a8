import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import type { Status } from '../../domain/status/statuses.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';
import { PLAN, partKey, planItem, readPlan, requestPart } from './mailing-row.ts';
import { unfinishedItem } from './unfinished-campaigns.ts';

/** How many emails were given each status. */
export type ByStatus = Readonly<Partial<Record<Status, number>>>;

/** A request that brings recipients to a mailing. It is kept, so that the same request completes it if it breaks off. */
export type AcceptRequest = Readonly<{
  /** The Idempotency-Key, and a fingerprint of whose it is. */
  requestKey: string;
  /** Of the body: another one under the same key is another request. */
  fingerprint: string;
  /** ISO 8601: when its emails were accepted, however often it was repeated. */
  acceptedAt: string;
  /** What it came to, once it is complete. */
  outcome?: RequestOutcome;
}>;

export type RequestOutcome = Readonly<{ recipients: number; byStatus: ByStatus }>;

export type FoundRequest = Readonly<{ mailing: Mailing | undefined; request: AcceptRequest | undefined }>;

export type AcceptRequests = Readonly<{
  /** A mailing and a request of it, as they stand now. */
  find: (mailingId: string, requestKey: string) => Promise<FoundRequest>;
  /** Begins a mailing with its first request; false where either is there already. */
  begin: (mailing: Mailing, request: AcceptRequest) => Promise<boolean>;
  /** Begins one more request; false where it is there already, or the mailing takes no more. */
  join: (mailing: Mailing, request: AcceptRequest) => Promise<boolean>;
  /** Completes a request, on the condition of how; whether it was done. */
  close: (mailing: Mailing, request: AcceptRequest, outcome: RequestOutcome, how: Closing) => Promise<boolean>;
}>;

/**
 * What becomes of the mailing when a request is complete: it starts, if this is the only open request; it waits for the others,
 * if there are any, so that of two requests that close together one starts it; or it waits for something else.
 */
export type Closing = 'starts' | 'waits for other requests' | 'waits';

/** States in which a mailing takes more recipients: who approves it must have seen all of them. */
export const TAKES_MORE: readonly string[] = ['planned', 'pending_approval'];

/**
 * Both items of a request's steps are written together: a request without its mark on the plan would let the mailing start
 * without it, and a mark without a request would never be taken off.
 */
export const acceptRequests = (client: DynamoDBDocumentClient, TableName: string): AcceptRequests => {
  const write = async (
    ...TransactItems: NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>
  ) => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return true;
    } catch (error) {
      // Another request was quicker, or is at it: what is there now says which.
      if (error instanceof TransactionCanceledException && isConflict(error)) return false;
      throw error;
    }
  };
  const putNew = (Item: Row) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(part)' },
  });

  return {
    find: async (mailingId, requestKey) => {
      const parts = [PLAN, requestPart(requestKey)];
      const keys = parts.map((part) => partKey(mailingId, part));
      const rows = await batchGet(client, TableName, keys, { consistent: true });
      const [plan, request] = parts.map((part) => rows.find((row) => row.part === part));
      return { mailing: plan && readPlan(plan), request: request && readRequest(request, requestKey) };
    },
    begin: (mailing, request) =>
      write(putNew(planItem({ ...mailing, openCalls: [request.requestKey] })), putNew(requestItem(mailing, request)), {
        // On the list of unfinished campaigns from the beginning: there is no moment to break off before that.
        Put: { TableName, Item: unfinishedItem(mailing) },
      }),
    join: (mailing, request) =>
      write(
        {
          Update: {
            TableName,
            Key: partKey(mailing.mailingId, PLAN),
            UpdateExpression: 'ADD openCalls :request',
            ConditionExpression: '#state IN (:planned, :pending)',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':request': new Set([request.requestKey]),
              ':planned': 'planned',
              ':pending': 'pending_approval',
            },
          },
        },
        putNew(requestItem(mailing, request)),
      ),
    close: (mailing, request, outcome, how) =>
      write(
        {
          Update: {
            TableName,
            Key: partKey(mailing.mailingId, PLAN),
            ...CLOSING[how],
            ExpressionAttributeValues: {
              ':recipients': outcome.recipients,
              ':request': new Set([request.requestKey]),
              ...(how === 'starts'
                ? { ':started': 'started', ':planned': 'planned' }
                : { ':requestKey': request.requestKey }),
            },
          },
        },
        {
          Update: {
            TableName,
            Key: partKey(mailing.mailingId, requestPart(request.requestKey)),
            UpdateExpression: 'SET outcome = :outcome',
            ConditionExpression: 'attribute_not_exists(outcome)',
            ExpressionAttributeValues: { ':outcome': outcome },
          },
        },
      ),
  };
};

const CLOSE = 'ADD recipients :recipients DELETE openCalls :request';

const CLOSING = {
  starts: {
    UpdateExpression: `SET #state = :started ${CLOSE}`,
    ConditionExpression: 'openCalls = :request AND #state = :planned',
    ExpressionAttributeNames: { '#state': 'state' },
  },
  'waits for other requests': {
    UpdateExpression: CLOSE,
    ConditionExpression: 'contains(openCalls, :requestKey) AND openCalls <> :request',
  },
  waits: { UpdateExpression: CLOSE, ConditionExpression: 'contains(openCalls, :requestKey)' },
} as const satisfies Record<Closing, object>;

const isConflict = ({ CancellationReasons = [] }: TransactionCanceledException): boolean =>
  CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');

const requestItem = (
  { mailingId, deleteAfter }: Mailing,
  { requestKey, fingerprint, acceptedAt }: AcceptRequest,
): Row => ({
  ...partKey(mailingId, requestPart(requestKey)),
  ...{ fingerprint, acceptedAt, deleteAfter },
});

const readRequest = (row: Row, requestKey: string): AcceptRequest => ({
  requestKey,
  fingerprint: textOf(row, 'fingerprint'),
  acceptedAt: textOf(row, 'acceptedAt'),
  ...(isRow(row.outcome) && { outcome: row.outcome as RequestOutcome }),
});
