import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { LOCAL_REGION } from '../engine/client.ts';

/** A record as a Lambda function gets it, with what of it is always there. */
export type StreamRecord = DynamoDBRecord &
  Readonly<{ dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } }>;

/** A record of an engine in the shape that Lambda hands to a function (Lambda guide, with-ddb): seconds, and bytes in base64. */
export const streamRecord = (
  { eventID, eventName, eventVersion, dynamodb, userIdentity }: EngineRecord,
  eventSourceARN: string,
): StreamRecord => ({
  eventID: eventID ?? '',
  eventName: eventName ?? 'MODIFY',
  eventVersion: eventVersion ?? '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: LOCAL_REGION,
  dynamodb: {
    ApproximateCreationDateTime: Math.floor((dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
    ...(dynamodb?.Keys && { Keys: asJson(dynamodb.Keys) }),
    ...(dynamodb?.NewImage && { NewImage: asJson(dynamodb.NewImage) }),
    ...(dynamodb?.OldImage && { OldImage: asJson(dynamodb.OldImage) }),
    SequenceNumber: dynamodb?.SequenceNumber ?? '',
    SizeBytes: dynamodb?.SizeBytes ?? 0,
    StreamViewType: dynamodb?.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
  },
  ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
  eventSourceARN,
});

/** DynamoDB puts no record into a stream for a write that changed nothing (Streams API); the native engine does. */
export const changesSomething = ({ dynamodb }: StreamRecord): boolean =>
  dynamodb.OldImage === undefined || !isDeepStrictEqual(dynamodb.OldImage, dynamodb.NewImage);

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

const asJson = (image: Record<string, AttributeValue>): NonNullable<Image> => JSON.parse(JSON.stringify(image, bytes));

const bytes = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
