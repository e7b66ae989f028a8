import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Values by key that outlive the process, however it ends. Each change is appended to a file before the call returns,
 * so that acknowledged changes survive if the process is killed. The file is not synced to disk: if the machine itself
 * fails, the last seconds may be missing.
 */
export type Journal<Value> = Readonly<{
  /** The values kept so far, in the order of arrival. */
  entries: () => readonly (readonly [key: string, value: Value])[];
  put: (key: string, value: Value) => void;
  delete: (key: string) => void;
  /** Stops writing; the file stays. */
  close: () => void;
}>;

/** A file is rewritten once it has this many lines, and four times as many as there are values. */
const LINES = 10_000;
const SPARSE = 4;

/**
 * Opens a journal in the data folder; without a folder, nothing is kept.
 *
 * @param what its content, for an error message: "the queues' messages"
 * @throws Error if the file cannot be read
 */
export const keptJournal = <Value>(dataFolder: string | undefined, name: string, what: string): Journal<Value> => {
  if (dataFolder === undefined) return { entries: () => [], put: () => {}, delete: () => {}, close: () => {} };
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, name);
  const values = readJournal<Value>(file, what);
  let [descriptor, lines] = [rewrite(file, values) as number | undefined, values.size];

  const append = (line: string) => {
    if (descriptor === undefined) return;
    const { size } = fstatSync(descriptor);
    try {
      appendFileSync(descriptor, line);
    } catch (error) {
      // An incomplete line would corrupt the next one.
      ftruncateSync(descriptor, size);
      throw error;
    }
    lines += 1;
  };
  const tidy = () => {
    if (descriptor === undefined || lines < LINES || lines < SPARSE * values.size) return;
    closeSync(descriptor);
    descriptor = rewrite(file, values);
    lines = values.size;
  };

  return {
    entries: () => [...values],
    put: (key, value) => {
      append(lineOf(key, value));
      values.set(key, value);
      tidy();
    },
    delete: (key) => {
      if (!values.has(key)) return;
      append(`${JSON.stringify([key])}\n`);
      values.delete(key);
      tidy();
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
};

const lineOf = (key: string, value: unknown): string => `${JSON.stringify([key, value])}\n`;

/** A line of one element deletes the key's value. An incomplete last line was never acknowledged. */
const readJournal = <Value>(file: string, what: string): Map<string, Value> => {
  const values = new Map<string, Value>();
  try {
    for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
      const [key, ...value]: [string, ...Value[]] = JSON.parse(line);
      if (value.length === 0) values.delete(key);
      else values.set(key, value[0] as Value);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return values;
    throw new Error(
      `The local stack cannot read ${what} in ${file}: it is damaged. Move it away to start without them.`,
    );
  }
  return values;
};

/**
 * Written to a second file and renamed, so that an interruption leaves the old one intact.
 *
 * @returns the file, to append to
 */
const rewrite = (file: string, values: ReadonlyMap<string, unknown>): number => {
  writeFileSync(`${file}.new`, [...values].map(([key, value]) => lineOf(key, value)).join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return openSync(file, 'a');
};
