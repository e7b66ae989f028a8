import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Positions } from './table-stream.ts';

/** How far each stream is read, by the engine's ARN of it. */
export type AllPositions = Readonly<Record<string, Positions>>;

const FILE = 'streams.json';

/** The positions at which the previous stack on the folder stopped reading; none if they are unknown. */
export const readPositions = (folder: string | undefined): AllPositions => {
  if (folder === undefined) return {};
  try {
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
  } catch {
    return {};
  }
};

/** Written completely or not at all: a stack may be killed at any moment. */
export const writePositions = (folder: string, positions: AllPositions): void => {
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(positions));
  renameSync(`${file}.new`, file);
};
