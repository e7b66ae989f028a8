import { campaignSteps } from '../../../lambdas/aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../../lambdas/aws/sqs/email-queue.ts';
import { createHandler, type Dependencies } from '../../../lambdas/sending/sweep-emails/handler.ts';
import { stalledEmails } from '../../../lambdas/store/emails/stalled-emails.ts';
import { unsentPages } from '../../../lambdas/store/emails/unsent-of-campaign.ts';
import { mailings } from '../../../lambdas/store/mailings/mailings.ts';
import { registerCampaigns } from '../../../lambdas/store/mailings/register-campaigns.ts';
import { unfinishedCampaigns } from '../../../lambdas/store/mailings/unfinished-campaigns.ts';
import type { silent } from '../../support/silent.ts';
import type { Accepting } from '../accept-mail/set-up.ts';
import type { queues } from '../advance-campaigns/set-up.ts';

/**
 * The function that sweeps, with the tables that mail is accepted into. `lengths` are the numbers of messages that SQS
 * returns.
 */
export const sweeping = (
  { documents, tables, clock }: Accepting,
  sqs: ReturnType<typeof queues>,
  quiet: ReturnType<typeof silent>,
) => {
  const lengths = { campaigns: 0, messages: 0, steps: 0 };
  const lane = (name: keyof typeof lengths) => ({
    queueEmails: emailQueue(sqs.client, 'emails'),
    length: async () => lengths[name],
  });
  const dependencies = (): Dependencies => ({
    emails: stalledEmails(documents, tables.emailStatus),
    unsent: unsentPages(documents, tables.emailStatus),
    mailings: mailings(documents, tables.mailings),
    unfinished: unfinishedCampaigns(documents, tables.mailings),
    register: registerCampaigns(documents, tables.mailings),
    queues: { campaigns: lane('campaigns'), messages: lane('messages') },
    steps: { ...campaignSteps(sqs.client, 'campaigns'), length: async () => lengths.steps },
    now: () => clock.now,
    logger: quiet.logger,
    metrics: quiet.metrics as never,
  });
  const sweep = (timeLeft: () => number = () => 240_000, over: Partial<Dependencies> = {}) =>
    createHandler({ ...dependencies(), ...over })({}, { getRemainingTimeInMillis: timeLeft });
  return { lengths, sweep };
};
