import { MAILING_STATES, type Mailing, type MailingState } from '../../lambdas/domain/mailing/mailing.ts';
import { Problem } from '../../lambdas/http/problem.ts';
import {
  approveCampaign,
  cancelCampaign,
  quarantineCampaign,
} from '../../lambdas/sending/accept-mail/change-campaign-state.ts';
import { currentState } from '../../lambdas/sending/advance-campaigns/current-state.ts';
import type { Mailings } from '../../lambdas/store/mailings/mailings.ts';

/** What moves a campaign: a request of the API, or one of its two times. */
export const TRIGGERS = ['approve', 'cancel', 'quarantine', 'sendAt', 'expiresAt'] as const;

/** A move of a campaign from a state to another one that the code allows. */
export type CampaignMove = Readonly<{ from: MailingState; to: MailingState; by: (typeof TRIGGERS)[number] }>;

const NOW = '2026-11-24T10:00:00.000Z';
const EARLIER = '2026-11-24T09:00:00.000Z';
const LATER = '2026-11-24T11:00:00.000Z';

/** All moves that the code allows, found by trying each trigger on a complete campaign in each state. */
export const campaignMoves = async (): Promise<readonly CampaignMove[]> => {
  const moves: CampaignMove[] = [];
  for (const from of MAILING_STATES) {
    for (const by of TRIGGERS) {
      const to = await stateAfter(from, by);
      if (to !== undefined) moves.push({ from, to, by });
    }
  }
  return moves;
};

const stateAfter = async (from: MailingState, by: CampaignMove['by']): Promise<MailingState | undefined> => {
  const mailing: Mailing = {
    ...COMPLETE,
    state: from,
    ...(by === 'expiresAt' ? { expiresAt: EARLIER } : { sendAt: by === 'sendAt' ? EARLIER : LATER }),
  };
  let reached: MailingState | undefined;
  const change: Mailings['move'] = async (_, allowed, to) => {
    if (!allowed.includes(from)) return { moved: false, mailing };
    reached = to;
    return { moved: true };
  };
  const mailings = {
    read: async () => mailing,
    // Some of it is left to be queued.
    pages: async () => [{ part: 'page#1', ids: [] }],
    move: change,
    end: change,
  };
  const nothing = async () => {};
  const dependencies: Parameters<typeof approveCampaign>[0] = {
    mailings: mailings as unknown as Mailings,
    schedules: { put: nothing, delete: nothing },
    jobs: { advance: nothing, sendMessage: nothing },
    now: () => NOW,
  };
  const request = { path: { campaignId: COMPLETE.mailingId } } as Parameters<ReturnType<typeof approveCampaign>>[0];
  try {
    if (by === 'approve') await approveCampaign(dependencies)(request);
    else if (by === 'cancel') await cancelCampaign(dependencies)(request as never);
    else if (by === 'quarantine') await quarantineCampaign(dependencies)(request as never);
    else await currentState(mailings as unknown as Mailings, COMPLETE.mailingId, NOW);
  } catch (error) {
    // The answer where the campaign's state does not allow it.
    if (!(error instanceof Problem)) throw error;
  }
  return reached;
};

const COMPLETE: Omit<Mailing, 'state'> = {
  mailingId: 'statements-2026-11',
  createdAt: '2026-11-24T08:00:00.000Z',
  from: 'Club <office@club.example>',
  replyTo: [],
  preventDuplicates: true,
  needsApproval: true,
  unsubscribable: false,
  trackReads: false,
  salt: '',
  openCalls: [],
  recipients: 1,
  deleteAfter: 0,
};
