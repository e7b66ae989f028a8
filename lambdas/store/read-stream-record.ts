import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EmailStatus } from './email-status.ts';
import { readEmailRow } from './read-email-row.ts';
import { UnreadableRow } from './read-row.ts';

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
export const readStreamRecord = ({ dynamodb }: DynamoDBRecord): EmailChange => {
  const { SequenceNumber, OldImage, NewImage } = dynamodb ?? {};
  if (SequenceNumber === undefined || !/^\d+$/.test(SequenceNumber)) {
    throw new UnreadableRow('a record of the stream has no sequence number');
  }
  return { sequence: SequenceNumber, before: rowIn(OldImage), after: rowIn(NewImage) };
};

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// Lambda's types and the SDK's tell the same JSON; sets and numbers are read alike.
const rowIn = (image: Image): EmailStatus | undefined =>
  image && readEmailRow(unmarshall(image as Record<string, AttributeValue>));
