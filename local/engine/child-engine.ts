import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../process/cannot-start.ts';
import { answers } from './endpoint.ts';
import { enginePort } from './engine-port.ts';
import type { Engine } from './running-engine.ts';

export type ChildEngine = Readonly<{
  name: string;
  command: string;
  arguments: (port: number) => readonly string[];
  folder?: string;
  /** Port on 127.0.0.1 to listen on; a free one by default. */
  port: number | undefined;
  /** A folder of its files that is removed once it has ended, however this process ends. */
  temporaryFolder?: string;
  /** Startup timeout in milliseconds. */
  startTimeout: number;
}>;

/**
 * Starts an engine as a child process on a port of 127.0.0.1 and resolves once it answers.
 *
 * The child ends with this process, however this process ends. A shell watches a pipe, which closes even if this
 * process is killed; `process.on('exit')` covers systems without a shell. The child runs in a process group of its own,
 * so that Ctrl-C in a terminal does not reach it before pending writes are done.
 *
 * @throws CannotStart where its port is taken, it ends before it answers, or it does not answer in time
 */
export const startChildEngine = async (engine: ChildEngine): Promise<Engine> => {
  const port = await enginePort(engine.port);
  const endpoint = `http://127.0.0.1:${port}`;
  const child = launch(engine, port);
  const ended = endOf(child);
  const endAtExit = () => {
    endNow(child);
    removeFiles(engine);
  };
  process.on('exit', endAtExit);
  const stop = async () => {
    child.stdin?.end();
    const forced = setTimeout(endAtExit, 5_000);
    await ended;
    clearTimeout(forced);
    process.off('exit', endAtExit);
    removeFiles(engine);
  };

  const late = pause(engine.startTimeout, 'late' as const, { ref: false });
  const outcome = await Promise.race([untilItAnswers(endpoint, ended), ended, late]);
  if (outcome === 'answers') return { name: engine.name, endpoint, ended, stop };
  await stop();
  throw new CannotStart(
    outcome === 'late'
      ? `DynamoDB (${engine.name}) did not answer on ${endpoint} within ${engine.startTimeout / 1000} s.`
      : `DynamoDB (${engine.name}) did not start: it ${outcome}.`,
  );
};

// Ends the engine when standard input closes, and itself when the engine ends; then removes the folder, if there is
// one. The shell's own messages ("Terminated") are discarded: writing them to a closed pipe would end the shell too
// early.
const WATCH = `exec 3<&0
folder=$1; shift
"$@" </dev/null 3<&- & engine=$!
exec 2>/dev/null
{ cat <&3 >/dev/null; kill $engine; } & watcher=$!
wait $engine; code=$?
kill $watcher
if [ -n "$folder" ]; then rm -rf "$folder"; fi
exit $code`;

const launch = (
  { command, arguments: list, folder, temporaryFolder = '' }: ChildEngine,
  port: number,
): ChildProcess => {
  const whole = [command, ...list(port)];
  const [program = '', ...rest] =
    process.platform === 'win32' ? whole : ['sh', '-c', WATCH, 'sh', temporaryFolder, ...whole];
  const child = spawn(program, rest, {
    ...(folder !== undefined && { cwd: folder }),
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // The engine may have ended already.
  child.stdin?.on('error', () => {});
  return child;
};

/** Resolves when the child has ended, with the reason; reads on from "it". */
const endOf = (child: ChildProcess): Promise<string> => {
  let output = '';
  const listen = (chunk: Buffer) => {
    output = (output + chunk).slice(-2_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  return Promise.race([
    once(child, 'close').then(([code, signal]) => {
      const lastLine = output.trim().split('\n').at(-1) ?? '';
      return `ended with ${signal ?? `exit code ${code}`}${lastLine && ` and the message "${lastLine.trim()}"`}`;
    }),
    // Without a listener "error" would be thrown as uncaught: the command could not be run at all.
    once(child, 'error').then(([error]) => `could not be run (${error.message})`),
  ]);
};

const endNow = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
};

const removeFiles = ({ temporaryFolder }: ChildEngine): void => {
  if (temporaryFolder === undefined) return;
  try {
    rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Some systems do not remove open files. The operating system cleans its temporary folder.
  }
};

const untilItAnswers = async (endpoint: string, ended: Promise<unknown>): Promise<'answers'> => {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (let wait = 5; !over; wait = Math.min(wait * 2, 100)) {
    if (await answers(endpoint)) return 'answers';
    await pause(wait);
  }
  // `ended` decides the race.
  return new Promise(() => {});
};
