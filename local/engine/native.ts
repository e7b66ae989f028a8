import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import { startChildEngine } from './child-engine.ts';
import type { Engine, EngineOptions } from './running-engine.ts';
import { indexStreamRecords } from './stream-index.ts';

/** The native engine's binary; `undefined` if npm did not install one for this system. */
export const findNative = (platform = process.platform, arch = process.arch): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${platform}-${arch}/package.json`);
    const binary = join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Starts dynoxide on a file: in a folder that exists, or in a temporary one that is removed when it ends. Not in memory,
 * since its stream needs an index that only another connection can add. Its licence is MIT or Apache-2.0, as you choose.
 */
export const startNative = async (binary: string, { dataFolder, port }: EngineOptions): Promise<Engine> => {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'mailtrail-engine-'));
  const file = join(folder, 'native.db');
  const engine = await startChildEngine({
    name: 'native',
    command: binary,
    port,
    arguments: (listening) => ['serve', '--host', '127.0.0.1', '--port', `${listening}`, '--db-path', file],
    ...(dataFolder === undefined && { temporaryFolder: folder }),
    startTimeout: 10_000,
  });
  try {
    indexStreamRecords(file);
  } catch (error) {
    await engine.stop();
    throw new CannotStart(`the native engine's file ${file} cannot be used: ${oneLine(error)}.`);
  }
  return engine;
};
