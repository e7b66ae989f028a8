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

/** What came of a step: where the campaign stands, and of how many emails it was queued or written down. */
export type Advanced = Readonly<{ state: string; emails: number; done: boolean }>;

/**
 * Does what a campaign's state and the clock ask for, page by page, and leaves what there is no time for to a message of
 * its own. A page goes only when all of it is queued, or written down: whatever breaks off is done again, which changes
 * nothing, since an email is claimed before it is sent.
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
    // Each time anew: a person may cancel it in the middle, and its time may run out.
    const mailing = await currentState(mailings, campaignId, now());
    if (mailing === undefined) return { state: 'unknown', emails, done: true };
    // Before anything is queued: whatever of this is lost later is found.
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

/** What is to be done with each page; `undefined` while the campaign waits. */
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
 * Seconds until a schedule's moment by our clock, if its message came before it: two clocks are never the same, and it
 * comes once. `undefined` where it did not; the most that a queue delays where that is not enough.
 */
const clockLag = ({ why }: Step, mailing: Mailing, now: string): number | undefined => {
  const moment = why === 'sendAt' || why === 'expiresAt' ? mailing[why] : undefined;
  if (moment === undefined || moment <= now) return undefined;
  return Math.min(LONGEST_DELAY, Math.ceil((Date.parse(moment) - Date.parse(now)) / 1_000));
};

const LONGEST_DELAY = 900;
