import { type Content, isMailingState, isTransactional, type Mailing } from '../../domain/mailing/mailing.ts';
import { optional, present } from '../../domain/values/json.ts';
import { type Row, textOf, textsOf, UnreadableRow } from '../dynamodb/row.ts';

/**
 * The Mailings table: `campaignId` (a mailing's id) and `part`. Parts are the plan, the content, a call for each request
 * that brought recipients, and pages: the ids of what is to be sent.
 */
export const PLAN = 'plan';
export const CONTENT = 'content';
export const PAGES = 'page#';
/** What no campaign and no single message can be called, with its parts: slots in the send rate, and what SES says of it. */
export const RATE = '~rate';
/** send-slots.ts */
export const SEND_SLOTS = 'allowance';
/** shared-account.ts */
export const ACCOUNT = 'account';
/** What no campaign and no single message can be called either, with a part for each verified sender (verified-senders.ts). */
export const SENDERS = '~senders';
/** Another such: its parts are the ids of campaigns that are not finished yet (unfinished-campaigns.ts). */
export const UNFINISHED = '~unfinished';
export const requestPart = (requestKey: string): string => `call#${requestKey}`;
/** @param number of the page in its call, below 10,000: pages are read in the order of their names */
export const pagePart = (requestKey: string, number: number): string =>
  `${PAGES}${requestKey}#${String(number).padStart(4, '0')}`;

/** How many ids a page holds at most: 16 KB. */
export const PAGE_SIZE = 500;

export const partKey = (mailingId: string, part: string) => ({ campaignId: mailingId, part });

/** A plan as it is written. DynamoDB has no empty sets: without an open call there is no such attribute. */
export const planItem = ({ mailingId, openCalls, ...plan }: Mailing): Row =>
  present<Record<string, unknown>>({
    ...partKey(mailingId, PLAN),
    ...plan,
    // Said in any case: a plan that does not say it is from before plans did.
    transactional: plan.transactional === true,
    openCalls: openCalls.length > 0 ? new Set(openCalls) : undefined,
  });

/** @throws UnreadableRow where it is none: a mailing that can't be read must not be taken for another. */
export const readPlan = (row: Row): Mailing => {
  const { state, recipients, deleteAfter, transactional } = row;
  if (!isMailingState(state)) throw new UnreadableRow("a mailing's state is none");
  if (typeof deleteAfter !== 'number') throw new UnreadableRow("a mailing's deleteAfter is no number");
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

/** @throws UnreadableRow */
export const readContent = (row: Row): Content => ({
  subject: textOf(row, 'subject'),
  ...optional(row, 'string', ['html', 'text']),
});
