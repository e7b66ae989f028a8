import type { CampaignSteps } from '../../aws/sqs/campaign-steps.ts';
import type { EmailQueue } from '../../aws/sqs/email-queue.ts';
import type { Step } from '../../domain/mailing/jobs.ts';
import { isEnded, isPastEnd, type Mailing } from '../../domain/mailing/mailing.ts';
import type { UnsentEnder } from '../../store/emails/unsent-emails.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type { UnfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { currentState } from './current-state.ts';

export type AdvanceDependencies = Readonly<{
  mailings: Pick<Mailings, 'read' | 'pages' | 'deletePage' | 'move' | 'end'>;
  unfinished: Pick<UnfinishedCampaigns, 'add'>;
  queueEmails: EmailQueue;
  endUnsent: UnsentEnder;
  steps: CampaignSteps;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

/** The result of a step: the campaign's state, and how many emails were queued or ended. */
export type Advanced = Readonly<{ state: string; emails: number; done: boolean }>;

/**
 * Does what a campaign's state and the time require, page by page, and queues a message for what there is no time for. A
 * page is deleted only when all of its emails are queued or ended: an interrupted step is repeated, which changes nothing,
 * because an email is claimed before it is sent.
 * @param hasTime whether there is time for another page
 */
export const advance = async (
  dependencies: AdvanceDependencies,
  step: Step,
  hasTime: () => boolean,
): Promise<Advanced> => {
  const { mailings, unfinished, steps, now } = dependencies;
  const { campaignId } = step;
  let emails = 0;
  for (let pages = 0; ; pages++) {
    // Read for each page: the campaign may be canceled or expire meanwhile.
    const mailing = await currentState(mailings, campaignId, now());
    if (mailing === undefined) return { state: 'unknown', emails, done: true };
    // Before anything is queued, so that a message that is lost later is found.
    if (pages === 0) await unfinished.add(mailing, now());
    const { state } = mailing;
    const act = actOn(dependencies, mailing);
    if (act === undefined) {
      const wait = clockLag(step, mailing, now());
      if (wait !== undefined) await steps.enqueue(step, wait);
      return { state, emails, done: true };
    }
    const [page] = await mailings.pages(campaignId, 1);
    if (page === undefined) return { state, emails, done: true };
    if (pages > 0 && !hasTime()) {
      await steps.enqueue({ campaignId, why: 'continue' });
      return { state, emails, done: false };
    }
    emails += await act(page.ids);
    await mailings.deletePage(campaignId, page.part);
  }
};

/** The action for each page; `undefined` while the campaign waits. */
const actOn = ({ queueEmails, endUnsent, now }: AdvanceDependencies, mailing: Mailing) => {
  const end = isEnded(mailing) ? mailing.state : isPastEnd(mailing, now()) ? 'expired' : undefined;
  if (end !== undefined) return (ids: readonly string[]) => endUnsent(ids, end, now());
  if (mailing.state !== 'started') return undefined;
  return async (ids: readonly string[]) => {
    await queueEmails(ids.map((messageId) => ({ mailingId: mailing.mailingId, messageId })));
    return ids.length;
  };
};

/**
 * Seconds until a schedule's time by this function's clock, if its message arrived early: clocks differ, and the message
 * arrives once. `undefined` if it is not early; at most the longest delay of an SQS queue.
 */
const clockLag = ({ why }: Step, mailing: Mailing, now: string): number | undefined => {
  const moment = why === 'sendAt' || why === 'expiresAt' ? mailing[why] : undefined;
  if (moment === undefined || moment <= now) return undefined;
  return Math.min(LONGEST_DELAY, Math.ceil((Date.parse(moment) - Date.parse(now)) / 1_000));
};

const LONGEST_DELAY = 900;
