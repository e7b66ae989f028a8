import type { SQSEvent } from 'aws-lambda';
import { recordBatch, type SuppressingDependencies } from '../recording/record-batch.ts';

/** Records what the bounce topic brings. A hard bounce also suppresses its address (domain/events/bounce.ts says which is one). */
export const createHandler = (dependencies: SuppressingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
