import { availableParallelism } from 'node:os';
import type { FunctionBlueprint } from '../template/functions.ts';
import type { Endpoints } from './environment.ts';
import type { FunctionLog } from './function-log.ts';
import { FunctionWorker } from './function-worker.ts';

/** The most environments of one function, whatever the template allows: more than the processors only use memory. */
const WORKERS = Math.min(8, Math.max(2, availableParallelism()));

/**
 * A function as Lambda runs it: in environments that are created on demand, reused for the next call, and replaced when
 * they die. Calls beyond the function's concurrency wait for a free one.
 */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly #blueprint: FunctionBlueprint;
  readonly #endpoints: Endpoints;
  readonly #log: FunctionLog;
  readonly #most: number;
  #idle: FunctionWorker[] = [];
  readonly #all = new Set<FunctionWorker>();
  readonly #busy = new Set<FunctionWorker>();
  readonly #waiting: ((worker: FunctionWorker) => void)[] = [];

  constructor(blueprint: FunctionBlueprint, endpoints: Endpoints, log: FunctionLog) {
    this.name = blueprint.name;
    this.arn = blueprint.arn;
    this.#blueprint = blueprint;
    this.#endpoints = endpoints;
    this.#log = log;
    this.#most = Math.min(WORKERS, blueprint.reservedConcurrency ?? WORKERS);
  }

  /**
   * Calls the function with an event and returns its result, both as JSON.
   *
   * @throws FunctionError if it fails in any way
   */
  async invoke(event: unknown): Promise<unknown> {
    const worker = await this.#free();
    this.#busy.add(worker);
    try {
      return await worker.call(event);
    } finally {
      this.#busy.delete(worker);
      this.#release(worker);
    }
  }

  /** The code it logged for failing on a message, if any. */
  readonly codeFor = (messageId: string): string | undefined => this.#log.codeFor(this.name, messageId);

  /**
   * Ends the environment whose current call has run longest, as a machine failure does: the call does not continue, and
   * the next call gets another environment. Returns whether there was one.
   */
  async kill(): Promise<boolean> {
    const [worker] = [...this.#busy].filter(({ over }) => !over);
    await worker?.kill();
    return worker !== undefined;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.stop()));
  }

  #free(): FunctionWorker | Promise<FunctionWorker> {
    this.#idle = this.#idle.filter((worker) => !worker.over || !this.#all.delete(worker));
    const worker = this.#idle.pop();
    if (worker) return worker;
    return this.#all.size < this.#most ? this.#start() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #start(): FunctionWorker {
    const worker = new FunctionWorker(this.#blueprint, this.#endpoints, (line) => this.#log.add(this.name, line));
    this.#all.add(worker);
    return worker;
  }

  #release(worker: FunctionWorker): void {
    if (worker.over) this.#all.delete(worker);
    const next = this.#waiting.shift();
    if (next) next(worker.over ? this.#start() : worker);
    else if (!worker.over) this.#idle.push(worker);
  }
}
