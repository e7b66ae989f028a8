import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A function's bundle with this code, in a folder that is deleted after the test. */
export const bundleOf = (code: string): string => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.mjs'), code);
  return folder;
};

/** A folder that is deleted after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
