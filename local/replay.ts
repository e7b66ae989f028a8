import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { problemIn, request, runCommand, UsageError } from './process/command.ts';
import { createProgress } from './replay/progress.ts';
import { type Recorded, recordedEvents } from './replay/recorded-events.ts';
import { REPLAY_HELP, type ReplayArguments, readArguments } from './replay/replay-arguments.ts';
import { createTally, type Tally } from './replay/tally.ts';

/** A piece of a file, and its place. */
type Found = Recorded & Readonly<{ place: string }>;

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(REPLAY_HELP);
    return 0;
  }
  await request(options.url, '/v1/health');
  for (const file of options.files) await refuseUnreadable(file);
  const tally = createTally(performance.now.bind(performance));
  const progress = createProgress(process.stderr, tally.summary, performance.now.bind(performance));
  try {
    const found = findIn(options.files);
    const workers = Array.from({ length: options.concurrency }, () => work(found, options, tally, progress.show));
    await Promise.all(workers);
  } finally {
    progress.end();
    console.log([tally.summary(), ...tally.reasons().map((reason) => `  ${reason}`)].join('\n'));
  }
  // Accepted means published: what cannot be recorded is found out later.
  console.log(`Events that cannot be recorded are listed at ${options.url}/local/dead-letters.`);
  return tally.allAccepted() ? 0 : 1;
};

/** Publishes one event after the other until there are no more; several of these share one source. */
const work = async (found: AsyncGenerator<Found>, to: ReplayArguments, tally: Tally, show: () => void) => {
  for (;;) {
    const { done, value } = await found.next();
    if (done) return;
    const refused = 'refused' in value ? value.refused : await publish(value.event, to);
    if (refused === undefined) tally.accepted();
    else tally.refused(refused, value.place);
    show();
  }
};

/** Why the stack rejected the event; `undefined` if it accepted it. @throws NoStackError if nothing answers any more */
const publish = async (event: string, { url, topic }: ReplayArguments): Promise<string | undefined> => {
  const query = topic === undefined ? '' : `?${new URLSearchParams({ topic })}`;
  const answer = await request(url, `/local/sns${query}`, { method: 'POST', body: event });
  const text = await answer.text();
  return answer.ok ? undefined : problemIn(answer.status, text);
};

async function* findIn(files: readonly string[]): AsyncGenerator<Found> {
  for (const file of files) {
    const chunks = file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(pathOf(file), 'utf8');
    for await (const recorded of recordedEvents(chunks)) {
      yield { ...recorded, place: `${files.length > 1 ? `${file} ` : ''}line ${recorded.line}` };
    }
  }
}

// npm runs a script in the project's folder and sets INIT_CWD to where it was called.
const pathOf = (file: string) => resolve(process.env.INIT_CWD ?? '.', file);

/** Before anything is published, so that a wrong last name does not leave the work half done. */
const refuseUnreadable = async (file: string) => {
  if (file === '-') return;
  const failure = (reason: string) => new UsageError(`${file} cannot be read: ${reason}.`);
  const handle = await open(pathOf(file)).catch((error: NodeJS.ErrnoException) => {
    throw failure(error.code === 'ENOENT' ? 'there is no such file' : String(error.code));
  });
  const isFolder = (await handle.stat()).isDirectory();
  await handle.close();
  if (isFolder) throw failure('it is a folder');
};

await runCommand('replay', main);
