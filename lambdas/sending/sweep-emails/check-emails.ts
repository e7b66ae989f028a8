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
  /** Whether the queue of emails is so short that those that wait for long have no message in it. */
  isShort: () => Promise<boolean>;
  count: (one: Resolved | 'advanced') => void;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

const AT_ONCE = 6;

/**
 * Checks the emails of a campaign that has none left to be queued: queues those again that wait and were queued long ago,
 * where the queue is short, and ends or queues those that stalled and that no time on their row brings back. Each page is
 * noted when it is done, so that a check that breaks off goes on there and queues nothing twice.
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
      // Due still, so that the next sweep goes on; with another time than the one it was read with.
      const next = { checkAt: now(), after: short ? position : campaign.after, requeues: campaign.requeues };
      if (!(await unfinished.checked(noted, next))) return true;
      noted = { ...noted, ...next };
    }
    if (isOver) return false;
  }
  // An email that moved from one status to another while they were read may have been in none of them: twice, to be sure.
  const idle = short && !isResumed && found === 0;
  const after = short ? undefined : campaign.after;
  if (idle && campaign.idle) await unfinished.remove(noted);
  else await unfinished.checked(noted, { ...nextCheck(campaign, isRequeued, now()), after, idle });
  return true;
};

/** When a campaign is checked next: later each time, where each time something was queued again. */
export const nextCheck = ({ requeues = 0 }: UnfinishedCampaign, isRequeued: boolean, now: string) => ({
  checkAt: later(now, nextCheckAfter(isRequeued ? requeues : 0)),
  requeues: isRequeued ? requeues + 1 : 0,
});

/** Those of a page that are to be queued again; what has stalled is resolved. */
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

/** Whether an email has been as it is for so long that whatever should have moved it on is lost. */
const isOverlooked = (email: StalledEmail, now: string): boolean =>
  isInQueue(email)
    ? hasPassed(email.statusAt, CHECK_AFTER, now)
    : hasPassed(email.wakeAt || email.statusAt, WAKE_AFTER, now);

const isInQueue = ({ status }: StalledEmail): boolean =>
  status !== undefined && isStatusWith(status, { waitsFor: 'the queue' });
