import { isEnded, isPastEnd } from '../../domain/mailing/mailing.ts';
import { conflict, invalid } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import { noCampaign } from './add-recipients.ts';
import type { Dependencies } from './dependencies.ts';
import { idempotentAnswer, nameOf } from './idempotent-answer.ts';

const ROUTE = 'POST /v1/campaigns/{campaignId}/resend';

/** Resends failed emails of a campaign. They are found and queued after the answer. */
export const resendCampaign =
  ({
    mailings,
    countFailed,
    jobs,
    idempotency,
    now,
  }: Pick<Dependencies, 'mailings' | 'countFailed' | 'jobs' | 'idempotency' | 'now'>): Route<typeof ROUTE> =>
  async (request) => {
    const { campaignId } = request.path;
    const { recipients, reason } = request.body;
    if (recipients === undefined && reason === undefined) {
      throw invalid([
        {
          parameter: 'recipients',
          message: 'is missing, and so is reason: one of them must select the emails to send again',
        },
      ]);
    }
    return idempotentAnswer(idempotency, nameOf(ROUTE, request), async () => {
      const mailing = await mailings.read(campaignId);
      if (mailing === undefined) throw noCampaign();
      if (isPastEnd(mailing, now())) throw conflict('The campaign has expired.');
      if (mailing.state !== 'started') {
        const why = isEnded(mailing) ? 'no more of its emails are sent' : 'none of its emails has failed';
        throw conflict(`The campaign is ${mailing.state}: ${why}.`);
      }
      const meant = {
        ...(recipients !== undefined && { recipients: [...new Set(recipients.map(({ address }) => address))] }),
        ...(reason !== undefined && { reason }),
      };
      const askedAt = now();
      // Before the job is queued: an email that is queued again is no longer failed.
      const matched = await countFailed(campaignId, { ...meant, askedAt });
      await jobs.advance({ campaignId, why: 'resend', askedAt, ...meant });
      return { campaignId, state: mailing.state, ...matched };
    });
  };
