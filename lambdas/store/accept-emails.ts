import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mailing } from '../domain/mailing.ts';
import { isStatus, type Status } from '../domain/statuses.ts';
import { type AcceptedEmail, acceptedRow } from './accepted-email.ts';
import type { Row } from './read-row.ts';
import { severalAtOnce } from './several-at-once.ts';

/** An email to accept, and what it is instead where another email has its place already. */
export type Candidate = Readonly<{ email: AcceptedEmail; duplicate?: AcceptedEmail | undefined }>;

/** An email as it was accepted, now or before. */
export type Accepted = Readonly<{ messageId: string; status: Status; reason: string | null }>;

/** Accepts emails; what came of each, in their order. To repeat it is to complete it. */
export type EmailAccepter = (candidates: readonly Candidate[], mailing: Mailing) => Promise<readonly Accepted[]>;

/** The SDK has 50 connections. Both a day and a campaign have eight keys in their index, and each takes 1,000 writes a second. */
const WRITES_AT_ONCE = 50;

export const emailAccepter = (client: DynamoDBDocumentClient, table: string): EmailAccepter => {
  /** What is there instead; `undefined` where it was written. */
  const put = async (email: AcceptedEmail, mailing: Mailing): Promise<Row | undefined> => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: acceptedRow(email, mailing),
          ConditionExpression: 'attribute_not_exists(messageId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return unmarshall(error.Item ?? {});
    }
  };
  const accept = async ({ email, duplicate }: Candidate, mailing: Mailing): Promise<Accepted> => {
    const there = await put(email, mailing);
    if (there === undefined) return acceptedAs(email);
    // Somebody else's place: only an email that would be the second to its address finds one.
    if (there.acceptedAs !== email.acceptedAs && duplicate !== undefined) {
      return accept({ email: duplicate }, mailing);
    }
    const { status, reason } = there;
    // What has come of it since is no part of how it was accepted.
    return isStatus(status) && AT_ACCEPTANCE.has(status)
      ? { messageId: email.messageId, status, reason: typeof reason === 'string' ? reason : null }
      : { messageId: email.messageId, status: 'queued', reason: null };
  };
  return (candidates, mailing) => severalAtOnce(WRITES_AT_ONCE, candidates, (candidate) => accept(candidate, mailing));
};

const acceptedAs = ({ messageId, status, reason }: AcceptedEmail): Accepted => ({
  ...{ messageId, status },
  reason: reason ?? null,
});

/** The final statuses that an email can have from the start. */
const AT_ACCEPTANCE: ReadonlySet<Status> = new Set([
  ...(['skipped', 'canceled_duplicate', 'canceled_unsubscribed'] as const),
  ...(['canceled', 'quarantined', 'expired'] as const),
  ...(['invalid_address', 'suppressed', 'failed_rendering'] as const),
]);
