import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountReader, connectAccount } from '../../../lambdas/aws/ses/account.ts';
import { connectSender, SEND_PATIENCE, type SesEmail, sendEmail } from '../../../lambdas/aws/ses/send-email.ts';
import { SEND_TIMEOUT } from '../../../lib/sending/sending-queues.ts';

const EMAIL: SesEmail = {
  ...{ from: '"Office" <office@club.example>', to: 'ann@example.com', replyTo: ['b@club.example'] },
  ...{ subject: 'Grüße', html: '<p>Hi', text: 'Hi' },
  headers: [{ name: 'List-Unsubscribe', value: '<https://x.example/u/t>' }],
  tags: [{ name: 'mailtrail-id', value: 'id-1' }],
};

/** The server's answer to a request, if any. */
type Answer = Readonly<{ status: number; body: string; type?: string }> | 'cut' | 'silence' | 'half';

describe('a request to SES', () => {
  let server: Server;
  let answer: Answer;
  const asked: { path: string; body: unknown; connection: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      asked.push({ path: request.url ?? '', body: body && JSON.parse(body), connection: request.headers.connection });
      if (answer === 'silence') return;
      if (answer === 'cut') return request.socket.destroy();
      if (answer === 'half') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
        return response.write('{"Mess', () => request.socket.destroy());
      }
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.type && { 'x-amzn-errortype': answer.type }),
      });
      return response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    asked.length = 0;
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });

  const call = (given: Answer, patience?: number) => {
    answer = given;
    const client = connectSender();
    const bounded = {
      send: (command: SendEmailCommand) =>
        client.send(command, patience === undefined ? {} : { requestTimeout: patience }),
    };
    return sendEmail(bounded as never, 'club')(EMAIL);
  };

  it('contains all of an email, and the configuration set', async () => {
    expect(await call({ status: 200, body: '{"MessageId":"0100"}' })).toEqual({ is: 'sent', sesMessageId: '0100' });

    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      [
        '/v2/email/outbound-emails',
        {
          FromEmailAddress: EMAIL.from,
          Destination: { ToAddresses: ['ann@example.com'] },
          ReplyToAddresses: ['b@club.example'],
          Content: {
            Simple: {
              Subject: { Data: 'Grüße', Charset: 'UTF-8' },
              Body: { Html: { Data: '<p>Hi', Charset: 'UTF-8' }, Text: { Data: 'Hi', Charset: 'UTF-8' } },
              Headers: [{ Name: 'List-Unsubscribe', Value: '<https://x.example/u/t>' }],
            },
          },
          EmailTags: [{ Name: 'mailtrail-id', Value: 'id-1' }],
          ConfigurationSetName: 'club',
        },
      ],
    ]);
  });

  it.each<[string, Answer, object]>([
    ['cut off without an answer', 'cut', { is: 'unknown', cause: 'ECONNRESET' }],
    ['cut off in the middle of the answer', 'half', { is: 'unknown' }],
    ['never answered', 'silence', { is: 'unknown', cause: 'ETIMEDOUT' }],
    ['answered by what is not SES', { status: 200, body: '<html>' }, { is: 'unknown' }],
    ['answered without an id', { status: 200, body: '{}' }, { is: 'unknown' }],
    ['answered with 500', { status: 500, body: '{}', type: 'InternalFailure' }, { is: 'unknown' }],
    ['answered with 503', { status: 503, body: '{}', type: 'ServiceUnavailable' }, { is: 'unknown' }],
    [
      'throttled',
      { status: 429, body: '{"message":"Maximum sending rate exceeded."}', type: 'TooManyRequestsException' },
      { is: 'throttled' },
    ],
    [
      'out of quota',
      { status: 429, body: '{"message":"Daily message quota exceeded."}', type: 'TooManyRequestsException' },
      { is: 'depleted' },
    ],
    [
      'rejected',
      { status: 400, body: '{"message":"Bad."}', type: 'MessageRejected' },
      { is: 'failed', reason: 'Bad.' },
    ],
    [
      'paused',
      { status: 400, body: '{"message":"Paused."}', type: 'SendingPausedException' },
      { is: 'held', cause: 'SendingPausedException' },
    ],
  ])('that is %s is sent once, with the right outcome', async (_, given, outcome) => {
    expect(await call(given, 300)).toMatchObject(outcome);

    expect(asked).toHaveLength(1);
  });

  it('that does not reach SES is reported as unreached', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${port}`);
    const outcome = await sendEmail(connectSender(), 'club')(EMAIL);
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

    expect(outcome).toEqual({ is: 'unreached', cause: 'ECONNREFUSED' });
  });

  // The error of one that SES closed while Lambda froze the function cannot be distinguished from a lost answer.
  it('has a connection of its own', async () => {
    answer = { status: 200, body: '{"MessageId":"0100"}' };
    const send = sendEmail(connectSender(), 'club');
    await send(EMAIL);
    await send(EMAIL);

    expect(asked.map(({ connection }) => connection)).toEqual(['close', 'close']);
  });

  it('ends before the function does', () => {
    expect(SEND_PATIENCE).toBeLessThan(SEND_TIMEOUT.toMilliseconds() / 3);
  });

  it('of GetAccount is retried', async () => {
    answer = {
      status: 200,
      body: '{"SendQuota":{"Max24HourSend":200,"MaxSendRate":1,"SentLast24Hours":3},"SendingEnabled":true}',
    };

    expect(await accountReader(connectAccount(), () => 0)()).toMatchObject({ maxSendRate: 1, quotaLeft: 197 });
    expect(await connectAccount().config.maxAttempts()).toBe(4);
  });
});
