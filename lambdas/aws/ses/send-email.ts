import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { readFailure, type SendFailure, type SendOutcome } from '../../domain/mailing/send-outcome.ts';

/** One email to one recipient, so that opens and clicks belong to that recipient. Addresses are as in headers. */
export type SesEmail = Readonly<{
  from: string;
  to: string;
  replyTo: readonly string[];
  subject: string;
  html?: string;
  text?: string;
  headers: readonly Readonly<{ name: string; value: string }>[];
  tags: readonly Readonly<{ name: string; value: string }>[];
}>;

/** Sends one request to SES. Throws nothing: the outcome describes a failure. */
export type SesSend = (email: SesEmail) => Promise<SendOutcome>;

/**
 * Creates the client that sends, without retries: the SDK would repeat a request whose answer was lost, which would send
 * two emails. It times out before the function does. Connections are not reused: the error of a connection that SES has
 * closed, for example while Lambda froze the function, cannot be distinguished from a lost answer.
 */
export const connectSender = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_PATIENCE,
      requestTimeout: SEND_PATIENCE,
      throwOnRequestTimeout: true,
      httpAgent: UNSHARED,
      httpsAgent: UNSHARED,
    },
  });

/** Milliseconds: the timeouts of an answer, and of a connection. */
export const SEND_PATIENCE = 10_000;
const CONNECTION_PATIENCE = 3_000;
/** With a limit on connections, Node.js would reuse one for a waiting request. */
const UNSHARED = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };

export const sendEmail =
  (client: Pick<SESv2Client, 'send'>, configurationSet: string): SesSend =>
  async (email) => {
    try {
      const { MessageId } = await client.send(new SendEmailCommand(inputOf(email, configurationSet)));
      // SES returns an id for each accepted email: an answer without one is not from SES.
      return MessageId ? { is: 'sent', sesMessageId: MessageId } : { is: 'unknown', cause: 'NoMessageId' };
    } catch (error) {
      return readFailure(failureOf(error));
    }
  };

const inputOf = (email: SesEmail, configurationSet: string): SendEmailCommandInput => {
  const { from, to, replyTo, subject, html, text, headers, tags } = email;
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    ...(replyTo.length > 0 && { ReplyToAddresses: [...replyTo] }),
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { ...(html !== undefined && { Html: utf8(html) }), ...(text !== undefined && { Text: utf8(text) }) },
        ...(headers.length > 0 && { Headers: headers.map(({ name, value }) => ({ Name: name, Value: value })) }),
      },
    },
    EmailTags: tags.map(({ name, value }) => ({ Name: name, Value: value })),
    ConfigurationSetName: configurationSet,
  };
};

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

const failureOf = (error: unknown): SendFailure => {
  const { name, message, code, $metadata } = error as Partial<SendFailure> & {
    $metadata?: { httpStatusCode?: number };
  };
  return {
    name: typeof name === 'string' ? name : typeof error,
    httpStatus: $metadata?.httpStatusCode,
    code: typeof code === 'string' ? code : undefined,
    message: typeof message === 'string' ? message : '',
  };
};
