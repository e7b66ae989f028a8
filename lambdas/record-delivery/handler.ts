import type { SQSEvent } from 'aws-lambda';
import type { RecordingDependencies } from '../recording/dependencies.ts';
import { recordBatch } from '../recording/record-batch.ts';

/** Records what the delivery topic brings: Send, Delivery, DeliveryDelay, Reject and Rendering Failure. */
export const createHandler = (dependencies: RecordingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);
