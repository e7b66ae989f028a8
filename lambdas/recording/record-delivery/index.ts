import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';

/** Records what the delivery topic carries: Send, Delivery, DeliveryDelay, Reject and Rendering Failure. */
export const handler = recordingFunction(readEnvironment('EMAIL_STATUS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS'));
