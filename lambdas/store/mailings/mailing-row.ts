import { type Content, isMailingState, isTransactional, type Mailing } from '../../domain/mailing/mailing.ts';
import { optional, present } from '../../domain/values/json.ts';
import { type Row, textOf, textsOf, UnreadableRow } from '../dynamodb/row.ts';

/**
 * The Mailings table has the keys `campaignId` (a mailing's id) and `part`. Parts are the plan, the content, a `call#` for
 * each request that added recipients, and pages: the ids of emails to send.
 */
export const PLAN = 'plan';
export const CONTENT = 'content';
export const PAGES = 'page#';
/** A key that no campaign and no single message can have. Its parts are the send slots, and the account's limits at SES. */
export const RATE = '~rate';
/** The part of send-slots.ts. */
export const SEND_SLOTS = 'allowance';
/** The part of shared-account.ts. */
export const ACCOUNT = 'account';
/** Another such key, with a part for each verified sender (verified-senders.ts). */
export const SENDERS = '~senders';
/** Another such key. Its parts are the ids of unfinished campaigns (unfinished-campaigns.ts). */
export const UNFINISHED = '~unfinished';
export const requestPart = (requestKey: string): string => `call#${requestKey}`;
/** @param number of the page in its request, below 10,000: pages are read in the order of their names */
export const pagePart = (requestKey: string, number: number): string =>
  `${PAGES}${requestKey}#${String(number).padStart(4, '0')}`;

/** The most ids in a page: 16 KB. */
export const PAGE_SIZE = 500;

export const partKey = (mailingId: string, part: string) => ({ campaignId: mailingId, part });

/** A plan as an item. DynamoDB has no empty sets: without open requests, the attribute is absent. */
export const planItem = ({ mailingId, openCalls, ...plan }: Mailing): Row =>
  present<Record<string, unknown>>({
    ...partKey(mailingId, PLAN),
    ...plan,
    // Always written: a plan without it is of a version that did not have it.
    transactional: plan.transactional === true,
    openCalls: openCalls.length > 0 ? new Set(openCalls) : undefined,
  });

/** Reads a plan. @throws UnreadableRow if it is not one: a default for a missing attribute would change the mailing. */
export const readPlan = (row: Row): Mailing => {
  const { state, recipients, deleteAfter, transactional } = row;
  if (!isMailingState(state)) throw new UnreadableRow("a mailing's state is unknown");
  if (typeof deleteAfter !== 'number') throw new UnreadableRow("a mailing's deleteAfter is not a number");
  const mailingId = textOf(row, 'campaignId');
  const { category } = optional(row, 'string', ['category']);
  const unsubscribable = row.unsubscribable === true;
  return {
    mailingId,
    state,
    createdAt: textOf(row, 'createdAt'),
    from: textOf(row, 'from'),
    salt: textOf(row, 'salt'),
    ...optional(row, 'string', ['sendAt', 'expiresAt', 'category']),
    replyTo: textsOf(row.replyTo),
    preventDuplicates: row.preventDuplicates !== false,
    needsApproval: row.needsApproval === true,
    unsubscribable,
    transactional:
      typeof transactional === 'boolean' ? transactional : isTransactional({ mailingId, category, unsubscribable }),
    trackReads: row.trackReads === true,
    openCalls: textsOf(row.openCalls),
    recipients: typeof recipients === 'number' ? recipients : 0,
    deleteAfter,
  };
};

export const contentItem = (mailingId: string, { subject, html, text }: Content, deleteAfter: number): Row =>
  present<Record<string, unknown>>({ ...partKey(mailingId, CONTENT), subject, html, text, deleteAfter });

/** Reads a mailing's content. @throws UnreadableRow if it has no subject */
export const readContent = (row: Row): Content => ({
  subject: textOf(row, 'subject'),
  ...optional(row, 'string', ['html', 'text']),
});
