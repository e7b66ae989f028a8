import type { SQSEvent } from 'aws-lambda';
import type { RecordingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

/** Records what the open topic brings, the busiest of all: its own function, so that a flood of opens delays no bounce. */
export const createHandler = (dependencies: RecordingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
