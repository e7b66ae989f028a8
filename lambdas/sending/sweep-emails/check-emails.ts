import type { EmailQueue } from '../../aws/sqs/email-queue.ts';
import { CHECK_AFTER, hasPassed, nextCheckAfter } from '../../domain/mailing/recovery.ts';
import { WAKE_AFTER } from '../../domain/mailing/send-rate.ts';
import { isStatusWith } from '../../domain/status/statuses.ts';
import { later } from '../../domain/values/time.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import type { StalledEmail, StalledEmails } from '../../store/emails/stalled-emails.ts';
import { BEHIND_THE_QUEUE, FROM_THE_FIRST, type UnsentPages } from '../../store/emails/unsent-of-campaign.ts';
import type { UnfinishedCampaign, UnfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { type Resolved, resolve } from './resolve.ts';

export type CheckingEmails = Readonly<{
  emails: StalledEmails;
  unfinished: UnfinishedCampaigns;
  unsent: UnsentPages;
  queueEmails: EmailQueue;
  /** Whether the queue of emails is so short that emails that have waited for long have no message in it. */
  isShort: () => Promise<boolean>;
  count: (one: Resolved | 'advanced') => void;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

const AT_ONCE = 6;

/**
 * Checks the emails of a campaign that has none left to be queued. If the queue is short, it queues waiting emails again
 * that were queued long ago. It ends or queues stalled emails that are not found by the time on their row. Progress is
 * saved after each page, so that the next check continues there and queues nothing twice.
 *
 * @returns whether the check was completed
 */
export const checkEmails = async (
  checking: CheckingEmails,
  campaign: UnfinishedCampaign,
  hasTime: () => boolean,
): Promise<boolean> => {
  const { unfinished, unsent, queueEmails, isShort, now } = checking;
  const short = await isShort();
  const isResumed = short && campaign.after !== undefined;
  let [noted, found, isRequeued] = [campaign, 0, isResumed];
  let position = short ? (campaign.after ?? FROM_THE_FIRST) : BEHIND_THE_QUEUE;
  for (;;) {
    const page = await unsent(campaign.campaignId, position);
    found += page.found;
    const again = await toQueue(checking, page.emails);
    await queueEmails(again.map(({ messageId }) => ({ mailingId: campaign.campaignId, messageId })));
    isRequeued ||= again.some(isInQueue);
    if (page.next === undefined) break;
    position = page.next;
    const isOver = !hasTime();
    if (again.length > 0 || isOver) {
      // Still due, so that the next sweep continues; with another time than the one that was read.
      const next = { checkAt: now(), after: short ? position : campaign.after, requeues: campaign.requeues };
      if (!(await unfinished.checked(noted, next))) return true;
      noted = { ...noted, ...next };
    }
    if (isOver) return false;
  }
  // An email that changed its status while the list was read may have been missed, so two checks must find nothing.
  const idle = short && !isResumed && found === 0;
  const after = short ? undefined : campaign.after;
  if (idle && campaign.idle) await unfinished.remove(noted);
  else await unfinished.checked(noted, { ...nextCheck(campaign, isRequeued, now()), after, idle });
  return true;
};

/** When a campaign is checked next: the interval grows if each check queued something again. */
export const nextCheck = ({ requeues = 0 }: UnfinishedCampaign, isRequeued: boolean, now: string) => ({
  checkAt: later(now, nextCheckAfter(isRequeued ? requeues : 0)),
  requeues: isRequeued ? requeues + 1 : 0,
});

/** Resolves the stalled emails of a page, and returns those to queue again. */
const toQueue = async (
  { emails, count, now }: CheckingEmails,
  page: readonly StalledEmail[],
): Promise<readonly StalledEmail[]> => {
  const resolved = await mapConcurrently(
    AT_ONCE,
    page.filter((email) => isOverlooked(email, now())),
    async (email) => ({
      email,
      as: await resolve(emails, email, now()),
    }),
  );
  for (const { as } of resolved) if (as !== undefined) count(as);
  return resolved.filter(({ as }) => as === 'requeued').map(({ email }) => email);
};

/** Whether an email has not changed for so long that its queue message or its worker must be lost. */
const isOverlooked = (email: StalledEmail, now: string): boolean =>
  isInQueue(email)
    ? hasPassed(email.statusAt, CHECK_AFTER, now)
    : hasPassed(email.wakeAt || email.statusAt, WAKE_AFTER, now);

const isInQueue = ({ status }: StalledEmail): boolean =>
  status !== undefined && isStatusWith(status, { waitsFor: 'the queue' });
