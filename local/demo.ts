import { DEMO_HELP, readArguments } from './demo/demo-arguments.ts';
import { sendMonth } from './demo/send-month.ts';
import { meaningsIn, settle, statusesOf } from './demo/status-questions.ts';
import { table } from './demo/table.ts';
import { whenStarted } from './demo/when-started.ts';
import { runCommand } from './process/command.ts';

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(DEMO_HELP);
    return 0;
  }
  const { url, vocabulary, timeout } = options;
  const waiting = { say: (line: string) => console.error(line), limit: timeout };
  await whenStarted(url, waiting);
  const meanings = await meaningsIn(url, vocabulary);
  const run = Date.now().toString(36);
  console.error(`Sending a month of email for Hillside Tennis Club to ${url}`);
  const sent = await sendMonth(url, run, waiting);
  const deadLetters = await settle(url, waiting);
  const found = await Promise.all(sent.map((mailing) => statusesOf(url, mailing, vocabulary)));
  const rows = sent.flatMap(({ name }, index) =>
    (found[index] ?? []).map(({ recipient, status, label, reason }) => [
      ...[name, recipient, label],
      whyAndWhat(reason, meanings.get(status) ?? ''),
    ]),
  );
  console.log(table(['Mailing', 'Recipient', 'Status', 'Why, and what it means'], rows, process.stdout.columns ?? 160));
  if (deadLetters > 0) console.error(`${deadLetters} records are in dead-letter queues: ${url}/local/dead-letters`);
  const missing = sent.reduce((sum, { recipients }, index) => sum + recipients - (found[index]?.length ?? 0), 0);
  if (missing > 0) console.error(`${missing} recipients have no status.`);
  return missing === 0 ? 0 : 1;
};

/** A reason from SES already ends with a full stop; one from Mailtrail does not. */
const whyAndWhat = (reason: string | null, meaning: string): string =>
  reason === null ? meaning : `${reason}${/[.!?]$/.test(reason) ? '' : '.'} ${meaning}`;

await runCommand('demo', main);
