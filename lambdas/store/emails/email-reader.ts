import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EmailStatus } from './email.ts';
import { type MessageRows, readEmail, readMessage } from './get-message.ts';
import { type DayKey, type DayRange, listByDay } from './list-by-day.ts';
import { type EmailPage, type EmailsQuery, readEmailsTo } from './list-by-recipient.ts';
import { type Page, type PageQuery, readPage } from './page.ts';
import type { Overlay } from './waiting-status.ts';

/** The queries for emails. None of them writes. */
export type EmailReader = Readonly<{
  /** A message by Mailtrail's id or by SES's. */
  message: (id: string) => Promise<MessageRows | undefined>;
  /** One email of a message, or which of the two is unknown. */
  email: (id: string, recipient: string) => Promise<EmailStatus | 'no such message' | 'no such recipient'>;
  /** The emails to an address, newest first. */
  emailsTo: (asked: EmailsQuery) => Promise<EmailPage>;
  /** All emails, newest first. */
  log: (asked: DayRange & PageQuery) => Promise<Page<DayKey>>;
}>;

/** Reads the EmailStatus table, and applies the overlay. Every method throws what the SDK throws, and UnreadableRow. */
export const emailReader = (client: DynamoDBDocumentClient, table: string, overlay: Overlay): EmailReader => ({
  message: async (id) => {
    const found = await readMessage(client, table, id);
    return found && { ...found, rows: await overlay(found.rows) };
  },
  email: async (id, recipient) => {
    const found = await readEmail(client, table, id, recipient);
    if (typeof found === 'string') return found;
    const [email = found] = await overlay([found]);
    return email;
  },
  emailsTo: (asked) => readEmailsTo(client, { table, overlay }, asked),
  log: (asked) => readPage(client, { table, overlay }, listByDay(client, table, asked), asked),
});
