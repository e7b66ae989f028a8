import type { SQSEvent } from 'aws-lambda';
import type { RecordingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

/** Records what the delivery topic brings: Send, Delivery, DeliveryDelay, Reject and Rendering Failure. */
export const createHandler = (dependencies: RecordingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
