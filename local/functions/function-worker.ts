import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { FunctionBlueprint } from '../template/functions.ts';
import { type Endpoints, environmentOf } from './environment.ts';
import { FunctionError } from './function-error.ts';
import type { Call, Report, RuntimeData } from './runtime-messages.ts';

/** Milliseconds a function may take to load. Lambda allows 10 s on a machine of its own. */
const LOADING = 30_000;

type Waiting = Readonly<{ resolve: (report: Report) => void; reject: (error: FunctionError) => void }>;

/**
 * One environment of a function: its bundle in a worker thread, one call at a time. A timeout, an exit or an uncaught
 * error ends it.
 */
export class FunctionWorker {
  readonly #worker: Worker;
  readonly #blueprint: FunctionBlueprint;
  readonly #log: (line: string) => void;
  readonly #ready: Promise<void>;
  #waiting: Waiting | undefined;
  #over: FunctionError | undefined;

  /** @param log called with each line the function writes */
  constructor(blueprint: FunctionBlueprint, endpoints: Endpoints, log: (line: string) => void) {
    const { bundle, handler, name, arn, memory } = blueprint;
    const workerData: RuntimeData = { bundle, handler, functionName: name, functionArn: arn, memory };
    this.#blueprint = blueprint;
    this.#log = log;
    this.#worker = new Worker(new URL('./runtime.ts', import.meta.url), {
      workerData,
      env: environmentOf(blueprint, endpoints),
      // Without this process's options: a test runner's would load its loader into the function.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) createInterface(stream).on('line', log);
    this.#worker.on('message', (report: Report) => this.#waiting?.resolve(report));
    this.#worker.on('error', (error: Error & { code?: string }) => this.#end(whatEndedIt(error, memory)));
    this.#worker.on('exit', (code) => this.#end(new FunctionError('Runtime.ExitError', `exited with code ${code}`)));
    this.#ready = this.#report(LOADING, 'load').then((report) => {
      if (!('errorType' in report)) return;
      // The thread ends when it has nothing left to do, possibly before the exit event arrives.
      this.#over = failed(report, log);
      throw this.#over;
    });
    // The caller handles the rejection; until a call is made there is none.
    this.#ready.catch(() => {});
  }

  /** Whether it takes no further calls. */
  get over(): boolean {
    return this.#over !== undefined;
  }

  /**
   * Calls the function and returns what it returned.
   *
   * @throws FunctionError if it throws, exceeds its timeout, exits or dies
   */
  async call(event: unknown): Promise<unknown> {
    await this.#ready;
    const limit = 1_000 * this.#blueprint.timeout;
    const call: Call = { event: JSON.stringify(event), requestId: randomUUID(), deadline: Date.now() + limit };
    const report = this.#report(limit, 'answer');
    this.#worker.postMessage(call);
    const answer = await report;
    if ('errorType' in answer) throw failed(answer, this.#log);
    return 'result' in answer && answer.result !== undefined ? JSON.parse(answer.result) : undefined;
  }

  async stop(): Promise<void> {
    this.#end(new FunctionError('Runtime.Stopped', 'stopped'));
    await this.#worker.terminate();
  }

  /** Ends the thread at once. A call in progress is rejected only when the thread has exited. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  async #report(limit: number, what: string): Promise<Report> {
    if (this.#over) throw this.#over;
    const { promise, resolve, reject } = Promise.withResolvers<Report>();
    this.#waiting = { resolve, reject };
    const timer = setTimeout(() => {
      this.#end(new FunctionError('Sandbox.Timedout', `did not ${what} within ${limit / 1_000} seconds`));
      void this.#worker.terminate();
    }, limit);
    return promise.finally(() => clearTimeout(timer));
  }

  #end(error: FunctionError): void {
    this.#over ??= error;
    this.#waiting?.reject(this.#over);
  }
}

const whatEndedIt = (error: Error & { code?: string }, memory: number): FunctionError =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new FunctionError('Runtime.OutOfMemory', `used more than its ${memory} MB`)
    : new FunctionError(error.name ?? 'Error', error.message);

const failed = (
  { errorType, errorMessage, stack }: Extract<Report, { errorType: string }>,
  log: (line: string) => void,
) => {
  // Lambda's runtime logs the stack trace too; nothing else contains it.
  log(`ERROR ${stack || `${errorType}: ${errorMessage}`}`);
  return new FunctionError(errorType, errorMessage);
};
