import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import type { Status } from '../../domain/status/statuses.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';
import { PLAN, partKey, planItem, readPlan, requestPart } from './mailing-row.ts';
import { unfinishedItem } from './unfinished-campaigns.ts';

/** How many emails got each status. */
export type ByStatus = Readonly<Partial<Record<Status, number>>>;

/** A request that adds recipients to a mailing. It is stored, so that a repeat completes it if it is interrupted. */
export type AcceptRequest = Readonly<{
  /** The Idempotency-Key, and a digest of its caller and path. */
  requestKey: string;
  /** A digest of the body, to reject another body with the same key. */
  fingerprint: string;
  /** ISO 8601: when its emails were accepted. A repeat does not change it. */
  acceptedAt: string;
  /** Its result, once it is complete. */
  outcome?: RequestOutcome;
}>;

export type RequestOutcome = Readonly<{ recipients: number; byStatus: ByStatus }>;

export type FoundRequest = Readonly<{ mailing: Mailing | undefined; request: AcceptRequest | undefined }>;

export type AcceptRequests = Readonly<{
  /** A mailing and one of its requests, read consistently. */
  find: (mailingId: string, requestKey: string) => Promise<FoundRequest>;
  /** Creates a mailing with its first request; false if either exists. */
  begin: (mailing: Mailing, request: AcceptRequest) => Promise<boolean>;
  /** Creates another request; false if it exists, or the mailing accepts no more. */
  join: (mailing: Mailing, request: AcceptRequest) => Promise<boolean>;
  /** Completes a request, on the condition that belongs to `how`; whether it was written. */
  close: (mailing: Mailing, request: AcceptRequest, outcome: RequestOutcome, how: Closing) => Promise<boolean>;
}>;

/**
 * What happens to the mailing when a request is complete. It starts, if this is the only open request. It waits for the
 * other open requests: of two that close at the same time, exactly one starts the mailing. Or it waits for something else.
 */
export type Closing = 'starts' | 'waits for other requests' | 'waits';

/** States in which a mailing accepts more recipients. Not once it is approved: the approval covers all recipients. */
export const TAKES_MORE: readonly string[] = ['planned', 'pending_approval'];

/**
 * The request and its entry in the plan's `openCalls` are written in one transaction. Without the entry, the mailing could
 * start without the request; without the request, the entry would never be removed.
 */
export const acceptRequests = (client: DynamoDBDocumentClient, TableName: string): AcceptRequests => {
  const write = async (
    ...TransactItems: NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>
  ) => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return true;
    } catch (error) {
      // Another request was first, or is in progress: the caller reads the items again.
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
        // In the same transaction, so that no campaign is missing on the list of unfinished ones.
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
