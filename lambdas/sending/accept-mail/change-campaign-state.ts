import { type EndedState, isEnded, isPastEnd, type Mailing, NOT_ENDED_STATES } from '../../domain/mailing/mailing.ts';
import { accepted } from '../../http/answer.ts';
import { conflict } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import { scheduleNextStep } from './accept-request.ts';
import { noCampaign } from './add-recipients.ts';
import type { Dependencies } from './dependencies.ts';

type Deciding = Pick<Dependencies, 'mailings' | 'schedules' | 'jobs' | 'now'>;

/** Approves a campaign that waits for it. A repeat of the same request completes an interrupted one. */
export const approveCampaign =
  (deciding: Deciding): Route<'POST /v1/campaigns/{campaignId}/approve'> =>
  async ({ path: { campaignId } }) => {
    const { mailings, now } = deciding;
    const before = await mailings.read(campaignId);
    if (before === undefined) throw noCampaign();
    if (isPastEnd(before, now()) && !isEnded(before)) throw conflict('The campaign has expired.');
    const moved = await mailings.move(campaignId, ['pending_approval'], 'approved');
    const mailing = moved.moved ? { ...before, state: 'approved' as const } : (moved.mailing ?? before);
    if (!isApproved(mailing)) throw conflict(whyNotApproved(mailing));
    // The last request may have been interrupted before it scheduled the next step.
    if (mailing.state === 'approved') await scheduleNextStep(deciding, mailing);
    return accepted({ campaignId, state: mailing.state });
  };

const isApproved = ({ state, needsApproval }: Mailing): boolean =>
  state === 'approved' || (state === 'started' && needsApproval);

const whyNotApproved = ({ state, openCalls: [open] }: Mailing): string => {
  if (state === 'pending_approval' && open !== undefined) {
    return `The request with the Idempotency-Key ${open.split('.')[0]} has not added all its recipients yet: wait for it, or repeat it.`;
  }
  return state === 'planned' || state === 'started' ? 'The campaign needs no approval.' : `The campaign is ${state}.`;
};

/** Ends a campaign: its unsent emails are not sent. */
const endCampaign =
  (end: Exclude<EndedState, 'expired'>, { mailings, schedules, jobs, now }: Deciding) =>
  async ({ path: { campaignId } }: Readonly<{ path: Readonly<{ campaignId: string }> }>) => {
    const before = await mailings.read(campaignId);
    if (before === undefined) throw noCampaign();
    if (isPastEnd(before, now()) && !isEnded(before)) throw conflict('The campaign has expired.');
    const moved = await mailings.end(campaignId, NOT_ENDED_STATES, end);
    const state = moved.moved ? end : (moved.mailing ?? before).state;
    if (state !== end) throw conflict(`The campaign is ${state}.`);
    await schedules.delete(campaignId);
    await jobs.advance({ campaignId, why: 'continue' });
    return accepted({ campaignId, state });
  };

export const quarantineCampaign = (deciding: Deciding): Route<'POST /v1/campaigns/{campaignId}/quarantine'> =>
  endCampaign('quarantined', deciding);

export const cancelCampaign = (deciding: Deciding): Route<'POST /v1/campaigns/{campaignId}/cancel'> =>
  endCampaign('canceled', deciding);
