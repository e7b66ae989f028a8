import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON file in the data folder for one part of the stack; without a folder, nothing is kept. */
export type KeptFile<Content> = Readonly<{
  /** The last content; `undefined` if there is none. @throws Error if the file is not JSON */
  load: () => Content | undefined;
  save: (content: Content) => void;
}>;

/** @param what its content, for an error message: "its suppression list" */
export const keptFile = <Content>(dataFolder: string | undefined, name: string, what: string): KeptFile<Content> => {
  if (dataFolder === undefined) return { load: () => undefined, save: () => {} };
  const file = join(dataFolder, name);
  return {
    load: () => {
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new Error(`The local stack cannot read ${what} in ${file}: ${(error as Error).message}`);
      }
    },
    save: (content) => {
      mkdirSync(dataFolder, { recursive: true });
      // Written to a second file and renamed, so that an interruption leaves the old one intact.
      writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
};
