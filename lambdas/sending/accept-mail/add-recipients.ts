import { isPastEnd, type Mailing } from '../../domain/mailing/mailing.ts';
import { conflict, notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import { TAKES_MORE } from '../../store/mailings/requests.ts';
import { renderer } from '../email/render.ts';
import { acceptRequest, beginRequest } from './accept-request.ts';
import type { Dependencies } from './dependencies.ts';
import { idempotentAnswer, nameOf } from './idempotent-answer.ts';
import { errorsOf, readRecipient } from './read-recipient.ts';
import { warningsOf } from './warnings.ts';

const ROUTE = 'POST /v1/campaigns/{campaignId}/recipients';

/** Adds recipients to a campaign, until it starts or is approved. */
export const addRecipients =
  (dependencies: Dependencies): Route<typeof ROUTE> =>
  async (request) => {
    const { requests, mailings, idempotency, now } = dependencies;
    const { campaignId } = request.path;
    return idempotentAnswer(idempotency, nameOf(ROUTE, request), async (named) => {
      const accepting = { ...named, acceptedAt: now() };
      const content = await mailings.readContent(campaignId);
      const begun = await beginRequest(requests, campaignId, accepting, (there) => {
        if (there === undefined) throw noCampaign();
        const hindrance = whyNoMore(there, accepting.acceptedAt);
        if (hindrance !== undefined) throw conflict(hindrance);
        // The request that created the campaign was interrupted before it stored the content.
        if (content === undefined) throw conflict('The campaign is not complete: repeat the request that created it.');
        return requests.join(there, accepting);
      });
      if (content === undefined) throw new Error('a campaign accepts recipients, but has no content');
      const { recipients } = request.body;
      const { mailing, outcome } = await acceptRequest(
        dependencies,
        begun,
        renderer(content),
        recipients.map(readRecipient),
      );
      const errors = errorsOf(recipients);
      return { campaignId, state: mailing.state, ...outcome, warnings: warningsOf(mailing), ...(errors && { errors }) };
    });
  };

export const noCampaign = () => notFound('No campaign with this campaignId was sent through Mailtrail.');

const whyNoMore = (mailing: Mailing, now: string): string | undefined => {
  if (isPastEnd(mailing, now)) return 'The campaign has expired.';
  if (TAKES_MORE.includes(mailing.state)) return undefined;
  return mailing.state === 'approved'
    ? 'The campaign is approved as it is: it accepts no more recipients.'
    : `The campaign is ${mailing.state}: it accepts no more recipients.`;
};
