import type { CampaignSteps } from '../../aws/sqs/campaign-steps.ts';
import type { EmailQueue } from '../../aws/sqs/email-queue.ts';
import type { Resending } from '../../domain/mailing/jobs.ts';
import { isPastEnd } from '../../domain/mailing/mailing.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import type { FailedEmails } from '../../store/emails/failed-emails.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type { UnfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import type { Advanced } from './advance.ts';

export type ResendDependencies = Readonly<{
  mailings: Pick<Mailings, 'read'>;
  unfinished: Pick<UnfinishedCampaigns, 'add'>;
  failed: FailedEmails;
  queueEmails: EmailQueue;
  steps: CampaignSteps;
  now: () => string;
}>;

const AT_ONCE = 40;

/**
 * Queues a campaign's failed emails again, as a user requested. Each is changed by a conditional write and then queued, so
 * two requests send it once. If this is interrupted, emails that were changed and not queued are found when the campaign is
 * checked.
 */
export const resend = async (
  { mailings, unfinished, failed, queueEmails, steps, now }: ResendDependencies,
  step: Resending,
  hasTime: () => boolean,
): Promise<Advanced> => {
  const { campaignId, recipients, reason, askedAt } = step;
  const mailing = await mailings.read(campaignId);
  if (mailing === undefined) return { state: 'unknown', emails: 0, done: true };
  const { state } = mailing;
  // The campaign may have been canceled since the request. Before it starts, none of its emails has failed.
  if (state !== 'started' || isPastEnd(mailing, now())) return { state, emails: 0, done: true };

  await unfinished.add(mailing, now());
  const wanted = recipients && new Set(recipients);
  let [after, emails] = [step.after, 0];
  for (;;) {
    const { keys, next } = await failed.page(campaignId, after);
    const meant = wanted === undefined ? keys : keys.filter(({ recipient }) => wanted.has(recipient));
    const moved = await mapConcurrently(AT_ONCE, meant, (key) => failed.requeue(key, { reason, askedAt }, now()));
    const queued = meant.filter((_, index) => moved[index]);
    await queueEmails(queued.map(({ messageId }) => ({ mailingId: campaignId, messageId })));
    emails += queued.length;
    if (next === undefined) return { state, emails, done: true };
    after = next;
    if (!hasTime()) {
      await steps.enqueue({ ...step, after });
      return { state, emails, done: false };
    }
  }
};
