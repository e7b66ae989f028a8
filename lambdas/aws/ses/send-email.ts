import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { readFailure, type SendFailure, type SendOutcome } from '../../domain/mailing/send-outcome.ts';

/** One email to one recipient, who sees no others: opens and clicks have an owner. Addresses as in its headers. */
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

/** Calls SES once. Throws nothing: the outcome holds what failed. */
export type SesSend = (email: SesEmail) => Promise<SendOutcome>;

/**
 * The client that sends. It calls once: the SDK would repeat a call whose answer was lost, and there would be two emails.
 * Its patience ends before the function's does. No connection is used twice: one that SES closed meanwhile, while Lambda
 * had the function frozen above all, cannot be told from an answer that was lost.
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

/** The most milliseconds SES gets for an answer, and for a connection. */
export const SEND_PATIENCE = 10_000;
const CONNECTION_PATIENCE = 3_000;
/** With a bound on connections Node.js would keep one open for who waits for it. */
const UNSHARED = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY };

export const sendEmail =
  (client: Pick<SESv2Client, 'send'>, configurationSet: string): SesSend =>
  async (email) => {
    try {
      const { MessageId } = await client.send(new SendEmailCommand(inputOf(email, configurationSet)));
      // What was taken has an id: an answer without one is not SES's.
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
