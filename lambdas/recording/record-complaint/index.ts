import { readEnvironment } from '../../runtime/environment.ts';
import { suppressingFunction } from '../recording-function.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

/** Records what the complaint topic carries. A complaint also suppresses its address, and `not-spam` ends that (ses-events/complaint.ts). */
export const handler = suppressingFunction(environment);
