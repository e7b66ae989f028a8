import { setTimeout as pause } from 'node:timers/promises';
import { FunctionError } from '../functions/function-error.ts';
import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import { type Batch, failedOf, retriesOf } from './batch-outcome.ts';
import { streamEvent, type Window, windowOf } from './stream-event.ts';
import type { StreamRecord } from './stream-record.ts';

/** What a shard's reader depends on. */
export type Surroundings = Readonly<{
  invoke: (event: unknown) => Promise<unknown>;
  /** Records are done: processed or given up. */
  done: (records: readonly StreamRecord[]) => void;
  /** A batch is given up; `why` is a code or the name of an error. */
  givenUp: (shardId: string, batch: Batch, why: string) => void;
  /** The shard is closed and completely read. */
  drained: () => void;
}>;

/** Milliseconds until a failed batch is retried. */
const RETRY_DELAY = 50;
/** The longest batching window here, whatever the mapping sets: a person is waiting. */
const LONGEST_WINDOW = 1_000;
/** The most bytes Lambda passes to a function in one call. */
const PAYLOAD_BYTES = 6_291_456;

/** Reads one shard for a function: in order, one batch at a time, and never past a batch that still fails. */
export class ShardReader {
  readonly #id: string;
  readonly #mapping: StreamMappingBlueprint;
  readonly #around: Surroundings;
  #waiting: { record: StreamRecord; since: number }[] = [];
  #again: readonly Batch[] = [];
  #window: Window | undefined;
  #closed = false;
  #running = false;
  // Until the shards before it are drained.
  #stopped = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(id: string, mapping: StreamMappingBlueprint, around: Surroundings) {
    this.#id = id;
    this.#mapping = mapping;
    this.#around = around;
  }

  add(record: StreamRecord): void {
    this.#waiting.push({ record, since: Date.now() });
    this.#look();
  }

  /** Starts reading: the shards before this one are drained. */
  start(): void {
    this.#stopped = false;
    this.#look();
  }

  /** The shard is closed: no more records will come. */
  close(): void {
    this.#closed = true;
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#running) return;
    const due = this.#dueAt();
    if (due === undefined) return;
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, due - Date.now()));
    // The end of a window alone does not keep a process alive.
    if (this.#waiting.length + this.#again.length === 0 && !this.#closed) this.#timer.unref();
  }

  /** When the next action is due; `undefined` until there is a record. */
  #dueAt(): number | undefined {
    const [first] = this.#waiting;
    if (this.#again.length > 0 || this.#closed || this.#waiting.length >= this.#mapping.batchSize) return 0;
    if (first !== undefined) return first.since + Math.min(this.#mapping.window, LONGEST_WINDOW);
    return this.#window && this.#window.start + this.#mapping.tumblingWindow;
  }

  async #run(): Promise<void> {
    this.#running = true;
    const batch = this.#take();
    if (batch === undefined) await this.#endWindow(this.#closed ? 'early' : 'in time');
    else {
      await this.#enterWindow(batch);
      await this.#hand(batch);
    }
    this.#running = false;
    const isDone = this.#waiting.length + this.#again.length === 0 && this.#window === undefined;
    if (this.#closed && isDone) this.#around.drained();
    else this.#look();
  }

  async #enterWindow({ records: [first] }: Batch): Promise<void> {
    const { tumblingWindow } = this.#mapping;
    if (first === undefined || tumblingWindow === 0) return;
    const start = windowOf(first, tumblingWindow);
    if (this.#window !== undefined && this.#window.start !== start) await this.#endWindow('in time');
    this.#window ??= { start, state: {} };
  }

  #take(): Batch | undefined {
    const [again, ...others] = this.#again;
    this.#again = others;
    if (again !== undefined) return again;
    const { batchSize, tumblingWindow } = this.#mapping;
    const first = this.#waiting[0]?.record;
    let room = PAYLOAD_BYTES;
    const end = this.#waiting.findIndex(({ record }, index) => {
      room -= JSON.stringify(record).length;
      const isOfAnother =
        tumblingWindow > 0 && first && windowOf(record, tumblingWindow) !== windowOf(first, tumblingWindow);
      return index >= batchSize || isOfAnother || (room < 0 && index > 0);
    });
    const taken = this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
    return taken.length === 0 ? undefined : { records: taken.map(({ record }) => record), attempts: 0 };
  }

  async #hand(batch: Batch): Promise<void> {
    const { records } = batch;
    let [left, threw, why] = [records, false, 'reported as a failure'];
    try {
      const answer = await this.#around.invoke(streamEvent(this.#mapping, records, this.#id, this.#window));
      left = this.#mapping.reportsFailures ? failedOf(answer, records) : [];
      this.#window &&= { ...this.#window, state: stateIn(answer) };
    } catch (error) {
      [threw, why] = [true, error instanceof FunctionError ? error.errorType : 'Error'];
    }
    this.#around.done(records.slice(0, records.length - left.length));
    if (left.length === 0) return;
    // The rest of a partially successful batch is a new batch.
    const failed = left.length < records.length ? { records: left, attempts: 0 } : batch;
    const retries = retriesOf(failed, threw, this.#mapping);
    if (retries === undefined) {
      this.#around.givenUp(this.#id, failed, why);
      this.#around.done(left);
      return;
    }
    this.#again = [...retries, ...this.#again];
    await pause(RETRY_DELAY);
  }

  /** The last call of a window, without records. It is not retried: a failure loses nothing here. */
  async #endWindow(how: 'in time' | 'early'): Promise<void> {
    const window = this.#window;
    this.#window = undefined;
    if (window === undefined || this.#stopped) return;
    await this.#around.invoke(streamEvent(this.#mapping, [], this.#id, window, how)).catch(() => {});
  }
}

const stateIn = (answer: unknown): unknown => (answer as Readonly<{ state?: unknown }> | null | undefined)?.state ?? {};
