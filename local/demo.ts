import {
  ListConfigurationSetsCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { CommandError, runCommand } from './command.ts';
import { bodyFor, CAMPAIGN, CATEGORY, FROM, MEMBERS, type Member, SUBJECT } from './demo/club-mailing.ts';
import { DEMO_HELP, readArguments } from './demo/demo-arguments.ts';
import { meaningsIn, settle, statusOf } from './demo/status-questions.ts';
import { table } from './demo/table.ts';

const main = async (): Promise<number> => {
  const wanted = readArguments(process.argv.slice(2), process.env);
  if (wanted === 'help') {
    process.stdout.write(DEMO_HELP);
    return 0;
  }
  const { url, vocabulary } = wanted;
  const meanings = await meaningsIn(url, vocabulary);
  console.error(`Sending ${MEMBERS.length} emails to ${url} …`);
  const sent = await sendMailing(url).catch((error: Error) => {
    throw error instanceof CommandError ? error : new CommandError(`SES: ${error.name}: ${error.message}`);
  });

  console.error('Waiting until every event is recorded …');
  const deadLetters = await settle(url);

  const found = await Promise.all(
    sent.map(async ({ member: { address }, messageId }) => ({
      address,
      found: await statusOf(url, messageId, address, vocabulary),
    })),
  );
  const rows = found.map(({ address, found }) => [
    address,
    found?.label ?? '(unknown)',
    found === undefined ? 'No event of this email was recorded.' : (meanings.get(found.status) ?? ''),
  ]);
  console.log(table(['Recipient', 'Status', 'What it means'], rows, process.stdout.columns ?? 120));
  if (deadLetters > 0) console.error(`${deadLetters} records are in dead-letter queues: ${url}/local/dead-letters`);
  return found.every(({ found }) => found !== undefined) ? 0 : 1;
};

type Sent = Readonly<{ member: Member; messageId: string }>;

/** Sends the mailing as an application would, but for the endpoint. The simulated SES asks for no real credentials. */
const sendMailing = async (endpoint: string): Promise<readonly Sent[]> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const ses = new SESv2Client({ endpoint, region: 'us-east-1', credentials });
  const { ConfigurationSets: [configurationSet] = [] } = await ses.send(new ListConfigurationSetsCommand({}));
  if (configurationSet === undefined)
    throw new CommandError('the stack has no configuration set: no email gets events.');
  for (const { address, listedFor } of MEMBERS) {
    if (listedFor === undefined) continue;
    await ses.send(new PutSuppressedDestinationCommand({ EmailAddress: address, Reason: listedFor }));
  }
  const sent: Sent[] = [];
  // One after the other: who opens and clicks depends on the order.
  for (const member of MEMBERS) sent.push({ member, messageId: await send(ses, configurationSet, member) });
  return sent;
};

/** One email for one member, so that opens and clicks have an owner; its id. */
const send = async (ses: SESv2Client, ConfigurationSetName: string, member: Member): Promise<string> => {
  const { MessageId = '' } = await ses.send(
    new SendEmailCommand({
      FromEmailAddress: FROM,
      Destination: { ToAddresses: [`${member.name} <${member.address}>`] },
      Content: { Simple: { Subject: { Data: SUBJECT }, Body: { Html: { Data: bodyFor(member) } } } },
      EmailTags: [
        { Name: 'campaign', Value: CAMPAIGN },
        { Name: 'category', Value: CATEGORY },
      ],
      ConfigurationSetName,
    }),
  );
  return MessageId;
};

await runCommand('demo', main);
