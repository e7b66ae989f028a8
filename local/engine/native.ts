import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startChildEngine } from './child-engine.ts';
import type { Engine } from './engine.ts';

/** Where the native engine's binary is; `undefined` where npm did not install one for this system. */
export const findNative = (platform = process.platform, arch = process.arch): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${platform}-${arch}/package.json`);
    const binary = join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
};

/** Starts dynoxide, in memory or on a file in a folder that exists. */
export const startNative = (binary: string, dataFolder: string | undefined): Promise<Engine> =>
  startChildEngine({
    name: 'native',
    command: binary,
    arguments: (port) => [
      ...['serve', '--host', '127.0.0.1', '--port', `${port}`],
      ...(dataFolder === undefined ? [] : ['--db-path', join(dataFolder, 'native.db')]),
    ],
    patience: 10_000,
  });
