import { readEnvironment } from '../../runtime/environment.ts';
import { suppressingFunction } from '../recording-function.ts';
import { createHandler } from './handler.ts';

export const handler = suppressingFunction(
  createHandler,
  readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'ERASURES_TABLE', 'RETENTION_DAYS'),
);
