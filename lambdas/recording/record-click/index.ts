import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';
import { createHandler } from './handler.ts';

const { CLICKED_LINKS, ...environment } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'ERASURES_TABLE',
  'RETENTION_DAYS',
  'CLICKED_LINKS',
);

export const handler = recordingFunction(environment, (dependencies) =>
  createHandler({ ...dependencies, clickedLinks: CLICKED_LINKS }),
);
