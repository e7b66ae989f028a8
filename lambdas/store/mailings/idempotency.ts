import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';

/** A request by its key, which is the caller's and the route's, and a fingerprint of its body. */
export type IdempotentRequest = Readonly<{ key: string; fingerprint: string }>;

/** Why a request is not worked on: its key had another body, or it is being worked on. */
export type Hindrance = 'other body' | 'in progress';

/** Does the work of a request once; asked again, it gives the answer that came of it, for a day. */
export type Idempotency = <Answer extends object>(
  asked: IdempotentRequest,
  work: () => Promise<Answer>,
) => Promise<Readonly<{ answer: Answer }> | Readonly<{ hindrance: Hindrance }>>;

/** Seconds an answer is kept. */
const A_DAY = 86_400;

/**
 * Powertools' idempotency. It keeps an answer, and keeps two requests with one key from working at the same time; where
 * the work fails it forgets the request, and what was begun is completed by what the work itself stored.
 * @param context of the invocation under way: how long it may take is how long a request that broke off stands in the way
 */
export const createIdempotency = (
  client: DynamoDBClient,
  tableName: string,
  context: () => Context | undefined,
): Idempotency => {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    expiryAttr: 'deleteAfter',
    awsSdkV3Client: client,
  });
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'key',
    payloadValidationJmesPath: 'fingerprint',
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: A_DAY,
    hashFunction: 'sha256',
  });
  return async (asked, work) => {
    const invocation = context();
    if (invocation !== undefined) config.registerLambdaContext(invocation);
    try {
      // The key of a record is made of the caller's, not of the function's name: that one may change with a deployment.
      const once = makeIdempotent((_: IdempotentRequest) => work(), {
        persistenceStore,
        config,
        keyPrefix: 'accept-mail',
      });
      return { answer: await once(asked) };
    } catch (error) {
      if (error instanceof IdempotencyValidationError) return { hindrance: 'other body' };
      if (error instanceof IdempotencyAlreadyInProgressError) return { hindrance: 'in progress' };
      throw error;
    }
  };
};
