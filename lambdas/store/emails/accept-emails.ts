import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import type { Row } from '../dynamodb/row.ts';
import { type Accepted, type AcceptedEmail, acceptedBefore, acceptedRow } from './accepted-row.ts';

/** An email to accept, and what it is instead where another email has its place already. */
export type Candidate = Readonly<{ email: AcceptedEmail; duplicate?: AcceptedEmail | undefined }>;

/**
 * Accepts emails; what came of each, in their order. To repeat it is to complete it.
 * @param inTime called before each request; it throws where there is no time for one more
 */
export type EmailAccepter = (
  candidates: readonly Candidate[],
  mailing: Mailing,
  inTime?: () => void,
) => Promise<readonly Accepted[]>;

/** The SDK has 50 connections. Both a day and a campaign have eight keys in their index, and each takes 1,000 writes a second. */
const WRITES_AT_ONCE = 50;

/** TransactWriteItems takes a hundred writes and 4 MB (API reference); a row of the longest values has 12 KB. */
const IN_A_TRANSACTION = 100;
const TRANSACTIONS_AT_ONCE = 4;

/** A transaction costs two write units a row instead of one, and a fifteenth of the processor's time: worth it from here on. */
const FEWEST_IN_A_TRANSACTION = 25;

export const emailAccepter = (client: DynamoDBDocumentClient, table: string): EmailAccepter => {
  const putOf = (email: AcceptedEmail, mailing: Mailing) => ({
    TableName: table,
    Item: acceptedRow(email, mailing),
    ConditionExpression: 'attribute_not_exists(messageId)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  });
  /** What is there instead; `undefined` where it was written. */
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
  /** All of them written, or for each what is there instead; `undefined` where it failed for something else. */
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
      // Another request writes one of them at this moment, or DynamoDB throttles: by themselves they are tried again by the SDK.
      if (!reasons.every(({ Code }) => Code === 'None' || Code === 'ConditionalCheckFailed')) return undefined;
      return reasons.map(({ Code, Item }) => (Code === 'None' ? undefined : unmarshall(Item ?? {})));
    }
  };
  /** Once more with the duplicates of those whose places are taken; a transaction writes all or nothing. */
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
      for (const [place, { candidate, index }] of left.entries()) {
        const row = there[place];
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

/** The first finds places taken, the second writes what is left; another request may take places between the two. */
const ATTEMPTS = 3;

/** What becomes of a candidate whose id another row has: it was accepted before, or it is a duplicate. */
const afterFailure = ({ email, duplicate }: Candidate, there: Row): Accepted | Candidate =>
  there.acceptedAs !== email.acceptedAs && duplicate !== undefined
    ? { email: duplicate }
    : acceptedBefore(email.messageId, there);

const asAccepted = ({ messageId, status, reason }: AcceptedEmail): Accepted => ({
  ...{ messageId, status },
  reason: reason ?? null,
});
