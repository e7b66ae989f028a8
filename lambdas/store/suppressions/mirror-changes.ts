import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MirrorJob } from '../../domain/suppression/mirror-job.ts';
import { isMirrored } from '../../domain/suppression/ses-list.ts';
import { readSuppressionRow } from './suppression-row.ts';

/**
 * The work that a batch of the table's stream makes: one for each address whose row, after its last change in the batch,
 * wants something else of SES's list than it is known to say. What the mirror notes on a row makes none, nor does a row
 * that was deleted.
 */
export const mirrorJobsOf = (records: readonly DynamoDBRecord[], now: string): readonly MirrorJob[] => {
  const last = new Map<string, MirrorJob | undefined>();
  for (const { dynamodb } of records) {
    const { Keys, NewImage, SequenceNumber = '' } = dynamodb ?? {};
    const { address } = unmarshall((Keys ?? {}) as Record<string, AttributeValue>);
    if (typeof address !== 'string' || NewImage === undefined) continue;
    const row = unmarshall(NewImage as Record<string, AttributeValue>);
    last.set(address, needsMirror(row, now) ? { address, occasion: SequenceNumber } : undefined);
  }
  return [...last.values()].filter((work) => work !== undefined);
};

/** A row that can't be read must not block the stream: the mirror will fail on it, and says so in its dead-letter queue. */
export const needsMirror = (row: Record<string, unknown>, now: string): boolean => {
  try {
    return !isMirrored(readSuppressionRow(row), now);
  } catch {
    return true;
  }
};
