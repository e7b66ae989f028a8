import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import type { Row } from '../dynamodb/row.ts';
import { type Accepted, type AcceptedEmail, acceptedBefore, acceptedRow } from './accepted-row.ts';

/** An email to accept, and the duplicate to record instead if another email has its id already. */
export type Candidate = Readonly<{ email: AcceptedEmail; duplicate?: AcceptedEmail | undefined }>;

/**
 * Accepts emails, and returns the result of each, in their order. Repeating the call completes what an earlier one left.
 * @param inTime called before each request; it throws if there is no time for another one
 */
export type EmailAccepter = (
  candidates: readonly Candidate[],
  mailing: Mailing,
  inTime?: () => void,
) => Promise<readonly Accepted[]>;

/**
 * The SDK has 50 connections. A day and a campaign have eight keys each in their index; a key accepts 1,000 writes a
 * second.
 */
const WRITES_AT_ONCE = 50;

/** TransactWriteItems accepts 100 writes and 4 MB (API reference); a row with the longest values has 12 KB. */
const IN_A_TRANSACTION = 100;
const TRANSACTIONS_AT_ONCE = 4;

/**
 * A transaction costs two write units a row instead of one, but a fifteenth of the CPU time: worth it from this number
 * on.
 */
const FEWEST_IN_A_TRANSACTION = 25;

export const emailAccepter = (client: DynamoDBDocumentClient, table: string): EmailAccepter => {
  const putOf = (email: AcceptedEmail, mailing: Mailing) => ({
    TableName: table,
    Item: acceptedRow(email, mailing),
    ConditionExpression: 'attribute_not_exists(messageId)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  });
  /** The row that has the key already; `undefined` if the email was written. */
  const put = async (email: AcceptedEmail, mailing: Mailing): Promise<Row | undefined> => {
    try {
      await client.send(new PutCommand(putOf(email, mailing)));
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return unmarshall(error.Item ?? {});
    }
  };
  const acceptOne = async (candidate: Candidate, mailing: Mailing): Promise<Accepted> => {
    const there = await put(candidate.email, mailing);
    if (there === undefined) return asAccepted(candidate.email);
    const next = afterFailure(candidate, there);
    return 'email' in next ? acceptOne(next, mailing) : next;
  };
  /**
   * Writes all or none; for each email, the row that has its key. `undefined` if the transaction failed for another
   * reason.
   */
  const putAll = async (
    emails: readonly AcceptedEmail[],
    mailing: Mailing,
  ): Promise<readonly (Row | undefined)[] | undefined> => {
    try {
      const TransactItems = emails.map((email) => ({ Put: putOf(email, mailing) }));
      await client.send(new TransactWriteCommand({ TransactItems }));
      return emails.map(() => undefined);
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const { CancellationReasons: reasons = [] } = error;
      // A transaction conflict or throttling. Written one by one, the SDK retries them.
      if (!reasons.every(({ Code }) => Code === 'None' || Code === 'ConditionalCheckFailed')) return undefined;
      return reasons.map(({ Code, Item }) => (Code === 'None' ? undefined : unmarshall(Item ?? {})));
    }
  };
  /** A transaction writes all or nothing, so it is repeated with the duplicates of emails whose ids are taken. */
  const acceptTogether = async (candidates: readonly Candidate[], mailing: Mailing, inTime: () => void) => {
    const results = new Map<number, Accepted>();
    let left = candidates.map((candidate, index) => ({ candidate, index }));
    for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt++) {
      inTime();
      const there = await putAll(
        left.map(({ candidate }) => candidate.email),
        mailing,
      );
      if (there === undefined) break;
      const isWritten = there.every((row) => row === undefined);
      const rest: typeof left = [];
      for (const [position, { candidate, index }] of left.entries()) {
        const row = there[position];
        const next = row === undefined ? candidate : afterFailure(candidate, row);
        if (!('email' in next)) results.set(index, next);
        else if (isWritten) results.set(index, asAccepted(next.email));
        else rest.push({ candidate: next, index });
      }
      left = rest;
    }
    await mapConcurrently(WRITES_AT_ONCE / TRANSACTIONS_AT_ONCE, left, async ({ candidate, index }) => {
      inTime();
      results.set(index, await acceptOne(candidate, mailing));
    });
    return candidates.map((_, index) => results.get(index) as Accepted);
  };

  return async (candidates, mailing, inTime = () => {}) => {
    if (candidates.length < FEWEST_IN_A_TRANSACTION) {
      return mapConcurrently(WRITES_AT_ONCE, candidates, (candidate) => {
        inTime();
        return acceptOne(candidate, mailing);
      });
    }
    const parts = Array.from({ length: Math.ceil(candidates.length / IN_A_TRANSACTION) }, (_, part) =>
      candidates.slice(part * IN_A_TRANSACTION, (part + 1) * IN_A_TRANSACTION),
    );
    const accepted = await mapConcurrently(TRANSACTIONS_AT_ONCE, parts, (part) =>
      acceptTogether(part, mailing, inTime),
    );
    return accepted.flat();
  };
};

/** The first finds the ids that are taken, the second writes the rest; another request may take ids in between. */
const ATTEMPTS = 3;

/** The next step for a candidate whose id another row has: it was accepted before, or it is a duplicate. */
const afterFailure = ({ email, duplicate }: Candidate, there: Row): Accepted | Candidate =>
  there.acceptedAs !== email.acceptedAs && duplicate !== undefined
    ? { email: duplicate }
    : acceptedBefore(email.messageId, there);

const asAccepted = ({ messageId, status, reason }: AcceptedEmail): Accepted => ({
  ...{ messageId, status },
  reason: reason ?? null,
});
