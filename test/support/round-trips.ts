import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Counts how a client asks: in how many rounds, one after the other, and how many requests are under way at once at most. */
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
