import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { createHandler } from './handler.ts';

export const handler = lambdaFunction((logger) => createHandler({ now: () => new Date().toISOString(), logger }));
