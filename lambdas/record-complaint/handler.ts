import type { SQSEvent } from 'aws-lambda';
import type { SuppressingDependencies } from '../recording/dependencies.ts';
import { recordBatch } from '../recording/record-batch.ts';

/** Records what the complaint topic brings. A complaint also suppresses its address, and `not-spam` ends that (domain/events/complaint.ts). */
export const createHandler = (dependencies: SuppressingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
