import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';

/** A request's key, unique for the caller and the route, and a fingerprint of its body. */
export type IdempotentRequest = Readonly<{ key: string; fingerprint: string }>;

/** Why a request is not handled: its key was used with another body, or it is in progress. */
export type Hindrance = 'other body' | 'in progress';

/** Handles a request once. For a day, a repeat gets the same answer. */
export type Idempotency = <Answer extends object>(
  request: IdempotentRequest,
  handle: () => Promise<Answer>,
) => Promise<Readonly<{ answer: Answer }> | Readonly<{ hindrance: Hindrance }>>;

/** Seconds for which an answer is stored. */
const A_DAY = 86_400;

/**
 * Powertools' idempotency. It stores an answer, and prevents two requests with one key from being handled at the same time.
 * If handling fails, Powertools deletes the record, and a repeat completes the request from what was stored.
 * @param context of the current invocation: its timeout is how long an interrupted request blocks a repeat
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
  return async (request, handle) => {
    const invocation = context();
    if (invocation !== undefined) config.registerLambdaContext(invocation);
    try {
      // A fixed prefix in place of the function's name, which may change with a deployment.
      const handleOnce = makeIdempotent((_: IdempotentRequest) => handle(), {
        persistenceStore,
        config,
        keyPrefix: 'accept-mail',
      });
      return { answer: await handleOnce(request) };
    } catch (error) {
      if (error instanceof IdempotencyValidationError) return { hindrance: 'other body' };
      if (error instanceof IdempotencyAlreadyInProgressError) return { hindrance: 'in progress' };
      throw error;
    }
  };
};
