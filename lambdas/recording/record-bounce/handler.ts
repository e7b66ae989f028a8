import type { SQSEvent } from 'aws-lambda';
import type { SuppressingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';
import { type Dependencies as Repeated, suppressRepeated } from './suppress-repeated.ts';

export type Dependencies = SuppressingDependencies & Omit<Repeated, 'recordSuppression'>;

/**
 * Records the events of the bounce topic. A hard bounce also suppresses its address (ses-events/bounce.ts), and so does
 * the last of several soft ones: that is checked once the bounces are recorded.
 */
export const createHandler =
  ({ lastEmails, rule, ...dependencies }: Dependencies) =>
  (event: SQSEvent) => {
    const { recordSuppression } = dependencies;
    const afterRecording = suppressRepeated({ lastEmails, recordSuppression, rule });
    return recordBatch(event, { ...dependencies, afterRecording });
  };
