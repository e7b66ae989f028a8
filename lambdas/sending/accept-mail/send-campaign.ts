import type { Mailing } from '../../domain/mailing/mailing.ts';
import { present } from '../../domain/values/json.ts';
import { DAY } from '../../domain/values/time.ts';
import { conflict } from '../../http/problem.ts';
import type { Request } from '../../http/request.ts';
import type { Route } from '../../http/serve.ts';
import { acceptRequest, beginRequest } from './accept-request.ts';
import { checkContent } from './check-content.ts';
import { checkSender } from './check-sender.ts';
import type { Dependencies } from './dependencies.ts';
import { idempotentAnswer, nameOf } from './idempotent-answer.ts';
import { errorsOf, readRecipient } from './read-recipient.ts';
import { warningsOf } from './warnings.ts';

const ROUTE = 'POST /v1/campaigns';

/** Creates a campaign with its first recipients. All of it is checked before any of it is stored. */
export const sendCampaign =
  (dependencies: Dependencies): Route<typeof ROUTE> =>
  async (request) => {
    const { body } = request;
    const now = dependencies.now();
    const { content, renderer } = checkContent(body, now);
    return idempotentAnswer(dependencies.idempotency, nameOf(ROUTE, request), async (named) => {
      await checkSender(dependencies.identities, body.from, now);
      const { requests, mailings } = dependencies;
      const accepting = { ...named, acceptedAt: now };
      const begun = await beginRequest(requests, body.campaignId, accepting, (there) => {
        if (there !== undefined) throw conflict('A campaign with this campaignId exists. Use another one.');
        return requests.begin(mailingOf(body, dependencies, now), accepting);
      });
      if (begun.request.outcome === undefined) await mailings.putContent(begun.mailing, content);
      const { mailing, outcome } = await acceptRequest(
        dependencies,
        begun,
        renderer,
        body.recipients.map(readRecipient),
      );
      const errors = errorsOf(body.recipients);
      return {
        campaignId: mailing.mailingId,
        state: mailing.state,
        ...outcome,
        warnings: warningsOf(mailing),
        ...(errors && { errors }),
      };
    });
  };

const mailingOf = (
  body: Request<typeof ROUTE>['body'],
  { newSalt, retentionDays }: Dependencies,
  now: string,
): Mailing => {
  const { campaignId, sendAt, expiresAt, category, from, replyTo = [] } = body;
  const { preventDuplicates, needsApproval, unsubscribable, trackReads } = body;
  return present<Mailing>({
    mailingId: campaignId,
    state: needsApproval ? 'pending_approval' : 'planned',
    createdAt: now,
    ...{ sendAt, expiresAt, category, from, replyTo },
    ...{ preventDuplicates, needsApproval, unsubscribable, trackReads },
    salt: newSalt(),
    openCalls: [],
    recipients: 0,
    // For a scheduled campaign, the retention starts at its time.
    deleteAfter: keptUntil(sendAt !== undefined && sendAt > now ? sendAt : now, retentionDays),
  });
};

/** Epoch seconds. */
export const keptUntil = (from: string, retentionDays: number): number =>
  Math.floor((Date.parse(from) + retentionDays * DAY) / 1000);
