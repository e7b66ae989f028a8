import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS', 'CLICKED_LINKS');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;
const { CLICKED_LINKS, ...recording } = environment;

export const handler = recordingFunction(recording, (dependencies) =>
  createHandler({ ...dependencies, clickedLinks: CLICKED_LINKS }),
);
