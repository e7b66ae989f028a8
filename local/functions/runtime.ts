import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import type { Call, Report, RuntimeData } from './runtime-messages.ts';

// Runs in a worker thread with one function, and does what Lambda's Node.js runtime does inside an environment.

const { bundle, handler, functionName, functionArn, memory } = workerData as RuntimeData;
const report = (message: Report) => parentPort?.postMessage(message);

type Handler = (event: unknown, context: Context) => unknown;

const load = async (): Promise<Handler> => {
  const [file = '', name = ''] = handler.split('.');
  const path = ['.mjs', '.js', '.cjs']
    .map((ending) => join(bundle, file + ending))
    .find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) throw new Error(`there is no ${file}.mjs, .js or .cjs in ${bundle}`);
  const module = await import(pathToFileURL(path).href);
  const found = module[name] ?? module.default?.[name];
  if (typeof found !== 'function') throw new Error(`${handler} is not a function`);
  return found;
};

// The part of the context that functions on Node.js 24 get: callbacks were removed.
const contextOf = ({ requestId, deadline }: Call) =>
  ({
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memory),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }) as Context;

const failure = (error: unknown): Report =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stack: error.stack ?? '' }
    : { errorType: typeof error, errorMessage: String(error), stack: '' };

try {
  const run = await load();
  parentPort?.on('message', async (call: Call) => {
    try {
      const result = await run(JSON.parse(call.event), contextOf(call));
      report({ result: JSON.stringify(result) });
    } catch (error) {
      report(failure(error));
    }
  });
  report({ ready: true });
} catch (error) {
  report(failure(error));
}
