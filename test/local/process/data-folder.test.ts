import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotStart } from '../../../local/process/cannot-start.ts';
import { occupy } from '../../../local/process/data-folder.ts';

const aFolder = () => {
  const parent = mkdtempSync(join(tmpdir(), 'mailtrail-data-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return join(parent, 'data');
};

describe('a data folder', () => {
  it('is created readable by its owner alone', () => {
    const folder = aFolder();
    occupy(folder)();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is rejected while another process uses it, and free once that one has ended', async () => {
    const folder = aFolder();
    const other = spawn('sleep', ['60']);
    occupy(folder)();
    writeFileSync(join(folder, 'in-use-by-process'), `${other.pid}\n`);

    expect(() => occupy(folder)).toThrow(CannotStart);
    other.kill('SIGKILL');
    await new Promise((ended) => other.on('exit', ended));
    expect(() => occupy(folder)()).not.toThrow();
  });

  it('must be a writable folder', () => {
    const file = aFolder();
    writeFileSync(file, '');

    expect(() => occupy(file)).toThrow(/MAILTRAIL_DATA must be a writable folder/);
  });
});
