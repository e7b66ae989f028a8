import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

/** Records what the delivery topic carries: Send, Delivery, DeliveryDelay, Reject and Rendering Failure. */
export const handler = recordingFunction(environment);
