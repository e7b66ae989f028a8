import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { type Row, UnreadableRow } from '../dynamodb/row.ts';
import { readSuppressionRow } from '../suppressions/suppression-row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** How a row of the EmailStatus table changed; an image is absent where the row was not there. */
export type EmailChange = Readonly<{
  /** Its place in its shard: a decimal number of 21 digits and more, to be compared as a number. */
  sequence: string;
  before: EmailStatus | undefined;
  after: EmailStatus | undefined;
}>;

/**
 * A record of the EmailStatus table's stream.
 * @throws UnreadableRow where it is none
 */
export const readStreamRecord = (record: DynamoDBRecord): EmailChange => {
  const { OldImage, NewImage } = record.dynamodb ?? {};
  return { sequence: sequenceOf(record), ...imagesIn(OldImage, NewImage, readEmailRow) };
};

/** How a row of the Suppressions table changed. */
export type SuppressionRowChange = Readonly<{
  before: SuppressionItem | undefined;
  after: SuppressionItem | undefined;
  /** When it was written (ISO 8601), to the second. */
  at: string;
}>;

/**
 * A record of the Suppressions table's stream.
 * @throws UnreadableRow where it is none
 */
export const readSuppressionRecord = ({ dynamodb }: DynamoDBRecord): SuppressionRowChange => {
  const { OldImage, NewImage, ApproximateCreationDateTime: seconds } = dynamodb ?? {};
  if (typeof seconds !== 'number') throw new UnreadableRow('a record of the stream has no time');
  return { at: new Date(seconds * 1000).toISOString(), ...imagesIn(OldImage, NewImage, readSuppressionRow) };
};

/** Where a record stands in its shard. @throws UnreadableRow where it does not say so */
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

// Lambda's types and the SDK's tell the same JSON; sets and numbers are read alike.
const rowIn = (image: NonNullable<Image>): Row => unmarshall(image as Record<string, AttributeValue>);
