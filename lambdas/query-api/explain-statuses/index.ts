import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { createHandler } from './handler.ts';

/** The variables that the stack sets for this function: none. */
export type Environment = Readonly<Record<never, string>>;

export const handler = lambdaFunction((logger) => createHandler({ now: () => new Date().toISOString(), logger }));
