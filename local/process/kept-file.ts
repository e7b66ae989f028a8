import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of JSON in the data folder that one part of the stack keeps its own in; nothing is kept without a folder. */
export type KeptFile<Content> = Readonly<{
  /** What was kept last; `undefined` where nothing was. @throws Error where the file is no JSON */
  load: () => Content | undefined;
  save: (content: Content) => void;
}>;

/** @param what what is in it, for whoever has to mend it: "its suppression list" */
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
      // Written beside and renamed, so that a stop in between leaves the old one whole.
      writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
};
