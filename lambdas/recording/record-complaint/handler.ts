import type { SQSEvent } from 'aws-lambda';
import type { SuppressingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

/** Records what the complaint topic brings. A complaint also suppresses its address, and `not-spam` ends that (domain/events/complaint.ts). */
export const createHandler = (dependencies: SuppressingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
