import type { CampaignSteps } from '../../aws/sqs/campaign-steps.ts';
import type { QueueLength } from '../../aws/sqs/queue-length.ts';
import { isDue, isEnded, isPastEnd, type Mailing } from '../../domain/mailing/mailing.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type { UnfinishedCampaign } from '../../store/mailings/unfinished-campaigns.ts';
import { type CheckingEmails, checkEmails, nextCheck } from './check-emails.ts';
import { shortness } from './email-queues.ts';

export type CampaignChecking = CheckingEmails &
  Readonly<{
    mailings: Pick<Mailings, 'read' | 'pages'>;
    /** The queue of campaigns to advance, and how many messages it holds. */
    steps: CampaignSteps & Readonly<{ length: QueueLength }>;
    /** Adds campaigns that an earlier version began to the list of unfinished ones; whether all of them are on it. */
    register: (now: string, hasTime: () => boolean) => Promise<boolean>;
  }>;

/**
 * Checks the campaigns that are due, one after the other, for lost steps and lost queue messages of their emails.
 * @returns whether all of them were checked; the next sweep continues where this one ended
 */
export const checkCampaigns = async (checking: CampaignChecking, hasTime: () => boolean): Promise<boolean> => {
  const { unfinished, steps, register, now } = checking;
  if (!(await register(now(), hasTime))) return false;
  const isShort = shortness(steps.length);
  for await (const page of unfinished.due(now())) {
    for (const campaign of page) {
      if (!hasTime()) return false;
      if (!(await checkCampaign({ ...checking, steps: { ...steps, isShort } }, campaign, hasTime))) return false;
    }
  }
  return true;
};

type Checking = CampaignChecking & Readonly<{ steps: Readonly<{ isShort: () => Promise<boolean> }> }>;

/** Whether the check was completed. */
const checkCampaign = async (
  checking: Checking,
  campaign: UnfinishedCampaign,
  hasTime: () => boolean,
): Promise<boolean> => {
  const { mailings, steps, unfinished, now, count } = checking;
  const mailing = await mailings.read(campaign.campaignId);
  if (mailing === undefined) {
    await unfinished.remove(campaign);
    return true;
  }
  const isUnderWay = mailing.state === 'started' || isEnded(mailing);
  const hasStep = isUnderWay ? (await mailings.pages(mailing.mailingId, 1)).length > 0 : isReady(mailing, now());
  // Until all of its emails have been queued, a missing queue message does not mean that it is lost.
  if (isUnderWay && !hasStep) return checkEmails(checking, campaign, hasTime);
  const isTaken = hasStep && (await steps.isShort());
  if (isTaken) {
    await steps.enqueue({ campaignId: mailing.mailingId, why: 'continue' });
    count('advanced');
  }
  await unfinished.checked(campaign, nextCheck(campaign, isTaken, now()));
  return true;
};

/** Whether a campaign that has not started is due to start or has expired. To start, its requests must be complete. */
const isReady = (mailing: Mailing, now: string): boolean =>
  isPastEnd(mailing, now) ||
  ((mailing.state === 'planned' || mailing.state === 'approved') &&
    mailing.openCalls.length === 0 &&
    isDue(mailing, now));
