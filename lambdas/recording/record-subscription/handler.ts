import type { SQSEvent } from 'aws-lambda';
import type { SuppressingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

/** Records what the subscription topic brings. Leaving everything also suppresses the address (domain/events/subscription.ts). */
export const createHandler = (dependencies: SuppressingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
