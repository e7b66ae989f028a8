import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { LOCAL_REGION } from '../process/local-dynamodb.ts';

/** A record as a Lambda function gets it, with the fields that are always present. */
export type StreamRecord = DynamoDBRecord &
  Readonly<{ dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } }>;

/**
 * An engine's record in the form Lambda passes to a function (Lambda guide, with-ddb): times in seconds, bytes in
 * base64.
 */
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

const asJson = (image: Record<string, AttributeValue>): NonNullable<Image> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, valueAsJson(value)])) as NonNullable<Image>;

/**
 * DynamoDB Local's stream has an empty map, at any depth, as a value without a type (`{}`), where DynamoDB has `{"M":
 * {}}`. Every other value has its type, including an empty list, string or binary and NULL, so one without is a map.
 */
const valueAsJson = (value: AttributeValue): unknown => {
  if (value.M !== undefined) return { M: asJson(value.M) };
  if (value.L !== undefined) return { L: value.L.map(valueAsJson) };
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  return Object.keys(value).length === 0 ? { M: {} } : value;
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
