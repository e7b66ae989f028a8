import { readEnvironment } from '../../runtime/environment.ts';
import { recordingFunction } from '../recording-function.ts';
import { createHandler } from './handler.ts';

export const handler = recordingFunction(
  createHandler,
  readEnvironment('EMAIL_STATUS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS'),
);
