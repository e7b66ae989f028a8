import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Measures a client's requests: in how many sequential rounds, and how many are in progress at once at most. */
export const roundTrips = (documents: DynamoDBDocumentClient) => {
  const counted = { rounds: 0, atOnce: 0 };
  let underWay = 0;
  documents.middlewareStack.add(
    (next) => async (args) => {
      if (underWay++ === 0) counted.rounds++;
      counted.atOnce = Math.max(counted.atOnce, underWay);
      return next(args).finally(() => {
        underWay--;
      });
    },
    { step: 'initialize', name: 'roundTrips', override: true },
  );
  return counted;
};
