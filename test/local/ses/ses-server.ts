import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { createSimulatedSes, type SimulatedSesOptions } from '../../../local/ses/simulated-ses.ts';

export const ALL_TYPES = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY', 'OPEN', 'CLICK', 'RENDERING_FAILURE'];

/** A published event, parsed, and its original text. */
export type Published = Readonly<{
  eventType: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON of various events.
  event: any;
}>;

/**
 * The simulated SES behind a real HTTP server, with the SDK's own client, as an application uses it. Sends through the
 * configuration set `club` by default.
 */
export const startSes = async (options: Partial<SimulatedSesOptions> = {}) => {
  const published: Published[] = [];
  const ses = createSimulatedSes({
    configurationSets: [{ name: 'club', eventTypes: ALL_TYPES, publish: collectIn(published) }],
    seed: 1,
    clock: Date.now,
    ...options,
  });
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { method = 'GET', headers } = request;
    const answer = await ses.handle({ method, path: url.pathname, query: url.searchParams, headers, body });
    if (answer?.dropped) return response.destroy();
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new SESv2Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const settle = async () => {
    while (!ses.idle()) await wait(5);
  };
  return {
    ses,
    client,
    url,
    published,
    settle,
    send: (input: Partial<SendEmailCommandInput> = {}) => client.send(new SendEmailCommand({ ...mailTo(), ...input })),
    /** Sends one email to these addresses and returns its published events, in order. */
    eventsOf: async (...addresses: readonly string[]) => {
      const { MessageId } = await client.send(new SendEmailCommand(mailTo(...addresses)));
      await settle();
      return published.map(({ event }) => event).filter(({ mail }) => mail.messageId === MessageId);
    },
    stop: async () => {
      ses.stop();
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const collectIn = (published: Published[]) => (eventType: string, text: string) => {
  published.push({ eventType, text, event: JSON.parse(text) });
};

/** A small club's email; plain text, so that it is never opened, unless given HTML. */
export const mailTo = (...addresses: readonly string[]): SendEmailCommandInput => ({
  FromEmailAddress: 'Office <office@club.example>',
  Destination: { ToAddresses: addresses.length > 0 ? [...addresses] : ['ann@example.com'] },
  Content: { Simple: { Subject: { Data: 'October statement' }, Body: { Text: { Data: 'Hello' } } } },
  ConfigurationSetName: 'club',
});

export const html = (text: string): NonNullable<SendEmailCommandInput['Content']> => ({
  Simple: { Subject: { Data: 'October statement' }, Body: { Html: { Data: text } } },
});

/** A SendEmail's recipients. */
export const to = (...ToAddresses: readonly string[]) => ({ Destination: { ToAddresses: [...ToAddresses] } });

/** A SendEmail's content as a MIME message of these lines. */
export const raw = (...lines: readonly string[]) => ({ Content: { Raw: { Data: Buffer.from(lines.join('\r\n')) } } });
