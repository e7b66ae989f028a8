import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SesAccount } from '../../../lambdas/aws/ses/account.ts';
import type { SesEmail } from '../../../lambdas/aws/ses/send-email.ts';
import type { Waiting } from '../../../lambdas/aws/sqs/emails-to-send.ts';
import type { EmailToSend } from '../../../lambdas/domain/mailing/jobs.ts';
import type { Content, Mailing } from '../../../lambdas/domain/mailing/mailing.ts';
import type { SendOutcome } from '../../../lambdas/domain/mailing/send-outcome.ts';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import { foldAddress } from '../../../lambdas/domain/values/address.ts';
import { mapConcurrently } from '../../../lambdas/runtime/map-concurrently.ts';
import { contentCache } from '../../../lambdas/sending/send-email/content-cache.ts';
import { createHandler } from '../../../lambdas/sending/send-email/handler.ts';
import type { SendDependencies } from '../../../lambdas/sending/send-email/send-batch.ts';
import { acceptedRow, type RecipientValues } from '../../../lambdas/store/emails/accepted-row.ts';
import { outgoingEmails } from '../../../lambdas/store/emails/outgoing-emails.ts';
import { planItem } from '../../../lambdas/store/mailings/mailing-row.ts';
import { mailings } from '../../../lambdas/store/mailings/mailings.ts';
import { sendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import { suppressionList } from '../../../lambdas/store/suppressions/suppression-list.ts';
import { clientOf, makeTables } from '../../support/engine.ts';
import { silent } from '../../support/silent.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

export const NOW = '2026-11-24T10:00:00.000Z';
export const LINKS = { publicUrl: 'https://api.club.example', secret: 'what links are signed with' };

/** A started mailing. */
export const mailing = (over: Partial<Mailing> = {}): Mailing => ({
  mailingId: 'october',
  state: 'started',
  createdAt: NOW,
  category: 'statement',
  from: 'Office <office@club.example>',
  replyTo: [],
  preventDuplicates: true,
  needsApproval: false,
  unsubscribable: true,
  trackReads: false,
  salt: 'salt',
  openCalls: [],
  recipients: 1,
  deleteAfter: 1_800_000_000,
  ...over,
});

export const CONTENT: Content = {
  subject: 'Your statement, {{name}}',
  html: '<p>Hello {{name}}</p>',
  text: 'Hello {{name}}',
};

/** An SES account with high limits. */
export const ACCOUNT: SesAccount = {
  ...{ maxSendRate: 1_000, quota: Number.POSITIVE_INFINITY, quotaLeft: Number.POSITIVE_INFINITY, placesUsed: 0 },
};

/** A clock that advances only during a sleep. */
export const standingClock = (start = NOW) => {
  let time = Date.parse(start);
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      const until = time + milliseconds;
      await Promise.resolve();
      time = Math.max(time, until);
    },
    move: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

/**
 * The sender on an engine, with an SES that returns the given outcomes (sent, by default), a queue that keeps emails
 * that are queued again, and a clock that stands still.
 */
export const senderOn = async (endpoint: string) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  const tables = await makeTables(client);
  const clock = standingClock();
  const said = silent();
  const account: { -readonly [Part in keyof SesAccount]: SesAccount[Part] } = { ...ACCOUNT };
  const sent: SesEmail[] = [];
  const outcomes: SendOutcome[] = [];
  const putBack: Waiting[] = [];
  const kept = mailings(documents, tables.mailings);
  const slots = sendSlots(documents, tables.mailings);
  let calls = 0;

  const dependencies: SendDependencies = {
    emails: outgoingEmails(documents, tables.emailStatus),
    mailings: kept,
    contents: contentCache(kept),
    suppressions: suppressionList(documents, tables.suppressions),
    sendSlots: slots,
    account: async () => account,
    messageQuota: 5,
    queue: { putBack: async (waiting) => void putBack.push(waiting) },
    send: async (email) => {
      sent.push(email);
      calls += 1;
      return outcomes.shift() ?? { is: 'sent', sesMessageId: `ses-${calls}` };
    },
    links: async () => LINKS,
    clock,
    chance: () => 0.5,
  };

  const put = async (plan: Mailing, content = CONTENT) => {
    await documents.send(new PutCommand({ TableName: tables.mailings, Item: planItem(plan) }));
    await kept.putContent(plan, content);
  };

  /** Accepts an email, and returns its queue message. */
  const accept = async (
    sendTo = 'ann@example.com',
    over: Readonly<{ messageId?: string; status?: Status; values?: RecipientValues; of?: Mailing; more?: object }> = {},
  ): Promise<EmailToSend> => {
    const { messageId = `id-${sendTo.replaceAll(/\W/g, '-')}`, status = 'queued', of = mailing(), more } = over;
    const campaignId = of.mailingId.startsWith('~') ? undefined : of.mailingId;
    const recipient = foldAddress(sendTo) ?? sendTo;
    const values = over.values ?? { name: 'Ann' };
    const email = { messageId, recipient, status, createdAt: NOW, sendTo, acceptedAs: 'key#0', campaignId, values };
    const row = acceptedRow({ ...email, subject: 'Your statement, Ann' }, of);
    await documents.send(new PutCommand({ TableName: tables.emailStatus, Item: { ...row, ...more } }));
    return { mailingId: of.mailingId, messageId };
  };

  /** Accepts this many emails of a mailing, `name-0` and so on. */
  const acceptMany = async (count: number, name: string, of?: Mailing): Promise<readonly EmailToSend[]> =>
    mapConcurrently(
      25,
      Array.from({ length: count }, (_, index) => `${name}-${index}`),
      (messageId) => accept('ann@example.com', { messageId, ...(of && { of }) }),
    );

  const handlerWith = (over: Partial<SendDependencies> = {}) =>
    createHandler({ ...dependencies, ...over, logger: said.logger, metrics: said.metrics });

  return {
    ...{ client, documents, requests, failing, tables, clock, account, sent, outcomes, putBack, dependencies },
    ...{ put, accept, acceptMany, kept, slots, said: said.said, metrics: said.metrics, handlerWith },
    suppressions: suppressionList(documents, tables.suppressions),
    drop: tables.drop,
    /** Processes these with a worker, and returns the records that are received again. */
    work: async (emails: readonly EmailToSend[], over: Partial<SendDependencies> = {}, timeLeft = 60_000) => {
      const event = sqsEvent(emails.map((email) => JSON.stringify(email)));
      const { batchItemFailures } = await handlerWith(over)(event, { getRemainingTimeInMillis: () => timeLeft });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** The row as it is stored. */
    row: async (messageId: string, recipient = 'ann@example.com') => {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tables.emailStatus, Key: { messageId, recipient }, ConsistentRead: true }),
      );
      return Item;
    },
    /** Clears what was sent, logged and queued again. */
    forget: () => {
      for (const list of [sent, outcomes, putBack, said.said]) list.length = 0;
      Object.assign(account, ACCOUNT);
    },
  };
};

export type TestedSender = Awaited<ReturnType<typeof senderOn>>;
