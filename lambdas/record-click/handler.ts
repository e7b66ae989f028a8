import type { SQSEvent } from 'aws-lambda';
import { type RecordingDependencies, recordBatch } from '../recording/record-batch.ts';

/** Records what the click topic brings. */
export const createHandler = (dependencies: RecordingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
