import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { type Row, UnreadableRow } from '../dynamodb/row.ts';
import { readSuppressionRow } from '../suppressions/suppression-row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** A change of a row of the EmailStatus table; an image is absent if the row did not exist. */
export type EmailChange = Readonly<{
  /** The record's sequence number in its shard: a decimal number of 21 digits or more. Compare it as a number. */
  sequence: string;
  before: EmailStatus | undefined;
  after: EmailStatus | undefined;
}>;

/**
 * Reads a record of the EmailStatus table's stream.
 * @throws UnreadableRow if it is not one
 */
export const readStreamRecord = (record: DynamoDBRecord): EmailChange => {
  const { OldImage, NewImage } = record.dynamodb ?? {};
  return { sequence: sequenceOf(record), ...imagesIn(OldImage, NewImage, readEmailRow) };
};

/** A change of a row of the Suppressions table. */
export type SuppressionRowChange = Readonly<{
  before: SuppressionItem | undefined;
  after: SuppressionItem | undefined;
  /** When it was written (ISO 8601), to the second. */
  at: string;
}>;

/**
 * Reads a record of the Suppressions table's stream.
 * @throws UnreadableRow if it is not one
 */
export const readSuppressionRecord = ({ dynamodb }: DynamoDBRecord): SuppressionRowChange => {
  const { OldImage, NewImage, ApproximateCreationDateTime: seconds } = dynamodb ?? {};
  if (typeof seconds !== 'number') throw new UnreadableRow('a record of the stream has no time');
  return { at: new Date(seconds * 1000).toISOString(), ...imagesIn(OldImage, NewImage, readSuppressionRow) };
};

/** A record's sequence number in its shard. @throws UnreadableRow if it has none */
export const sequenceOf = ({ dynamodb }: DynamoDBRecord): string => {
  const { SequenceNumber } = dynamodb ?? {};
  if (SequenceNumber !== undefined && /^\d+$/.test(SequenceNumber)) return SequenceNumber;
  throw new UnreadableRow('a record of the stream has no sequence number');
};

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

const imagesIn = <T>(before: Image, after: Image, read: (row: Row) => T) => ({
  before: before && read(rowIn(before)),
  after: after && read(rowIn(after)),
});

// The types of Lambda and of the SDK describe the same JSON.
const rowIn = (image: NonNullable<Image>): Row => unmarshall(image as Record<string, AttributeValue>);
