import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

/** Records what the open topic carries, the busiest of all: a function of its own, so that a flood of opens delays no bounce. */
export const handler = recordingFunction(environment);
