import { FunctionError } from '../functions/function-error.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import { type Answer, json, type Request, split } from './exchange.ts';

/** The path of Lambda's Invoke operation (Lambda API reference). */
const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

export const isInvocation = ({ method, target }: Request): boolean =>
  method === 'POST' && INVOCATION.test(split(target).path);

/** Invoke: calls a function and returns its result. */
export const invoke = async (
  { target, body }: Request,
  functions: Iterable<Pick<LambdaFunction, 'name' | 'invoke'>>,
): Promise<Answer> => {
  const name = decodeURIComponent(INVOCATION.exec(split(target).path)?.[1] ?? '');
  const found = [...functions].find((one) => one.name === name);
  if (found === undefined) {
    const Message = `Function not found: ${name}`;
    return json(404, { Type: 'User', Message }, { 'x-amzn-errortype': 'ResourceNotFoundException' });
  }
  try {
    return json(200, (await found.invoke(JSON.parse(body.toString('utf8') || '{}'))) ?? null);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, message: errorMessage } = error;
    return json(200, { errorType, errorMessage }, { 'x-amz-function-error': 'Unhandled' });
  }
};
