import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EmailStatus } from './email-status.ts';
import { readAnything } from './read-anything.ts';
import { type EmailPage, type EmailsAsked, readEmailsTo } from './read-emails-to.ts';
import { type MessageRows, readEmail, readMessage } from './read-message.ts';

/** What can be asked of the emails that are known. All of it only reads. */
export type EmailArchive = Readonly<{
  /** A message by our id or by SES's. */
  message: (id: string) => Promise<MessageRows | undefined>;
  /** One email of it, or which of the two is unknown. */
  email: (id: string, recipient: string) => Promise<EmailStatus | 'no such message' | 'no such recipient'>;
  /** The emails to an address, newest first. */
  emailsTo: (asked: EmailsAsked) => Promise<EmailPage>;
  /** Resolves when the table can be read. */
  answers: () => Promise<void>;
}>;

/** Reads the EmailStatus table. Everything throws what the SDK throws, and UnreadableRow. */
export const emailArchive = (client: DynamoDBDocumentClient, table: string): EmailArchive => ({
  message: (id) => readMessage(client, table, id),
  email: (id, recipient) => readEmail(client, table, id, recipient),
  emailsTo: (asked) => readEmailsTo(client, table, asked),
  answers: () => readAnything(client, table),
});
