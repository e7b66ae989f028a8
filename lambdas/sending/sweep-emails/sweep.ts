import { mailingIdOf } from '../../domain/mailing/mailing.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { type StalledEmail, type StalledEmails, WAKE_SHARDS } from '../../store/emails/stalled-emails.ts';
import { type CampaignChecking, checkCampaigns } from './check-campaigns.ts';
import { type SweptQueues, shortness } from './email-queues.ts';
import { resolve } from './resolve.ts';

export type SweepDependencies = Omit<CampaignChecking, 'queueEmails' | 'isShort' | 'count'> &
  Readonly<{ emails: StalledEmails; lanes: SweptQueues }>;

/** Emails given up without anybody knowing whether they were sent, expired, and queued again; campaigns with a step to take. */
export type Counts = { unknown: number; expired: number; requeued: number; advanced: number };

/** What a sweep came to. `broken` is what some of it failed on, if any: the others count all the same. */
export type Swept = Readonly<Counts & { done: boolean; broken?: unknown }>;

/** In each lane. The SDK has 50 connections. */
const AT_ONCE = 6;
const LANE_NUMBERS = Array.from({ length: WAKE_SHARDS }, (_, lane) => lane);

/**
 * Looks at the emails whose time has come and at the campaigns that are due for a check, all at once, for as long as there
 * is time; the next sweep finds the rest. Each step is taken by condition, so that two sweeps at once, or one that broke
 * off, do no harm.
 */
export const sweep = async (dependencies: SweepDependencies, hasTime: () => boolean): Promise<Swept> => {
  const { emails, lanes, now } = dependencies;
  const counts: Counts = { unknown: 0, expired: 0, requeued: 0, advanced: 0 };
  let done = true;
  const sweepPages = async (pages: AsyncGenerator<readonly StalledEmail[]>) => {
    for await (const page of pages) {
      const resolved = await mapConcurrently(AT_ONCE, page, async (email) => {
        const one = await resolve(emails, email, now());
        if (one !== undefined) counts[one]++;
        return one;
      });
      await queueAgain(
        dependencies,
        page.filter((_, index) => resolved[index] === 'requeued'),
      );
      if (hasTime()) continue;
      done = false;
      return;
    }
  };
  const sweepDue = async (lane: number) => sweepPages(emails.due(lane, now()));
  const isShort = { campaigns: shortness(lanes.campaigns.length), messages: shortness(lanes.messages.length) };
  const sweepQueued = async (lane: number) => {
    if (await isShort.messages()) await sweepPages(emails.dueQueued(lane, now()));
  };
  const sweepCampaigns = async () => {
    const checking = { ...dependencies, isShort: isShort.campaigns, queueEmails: lanes.campaigns.queueEmails };
    if (!(await checkCampaigns({ ...checking, count: (one) => counts[one]++ }, hasTime))) done = false;
  };
  // Severally: what one fails on must not keep the others from being looked at.
  const ends = await Promise.allSettled([
    ...LANE_NUMBERS.map(sweepDue),
    ...LANE_NUMBERS.map(sweepQueued),
    sweepCampaigns(),
  ]);
  const broken = ends.find((end) => end.status === 'rejected');
  return broken === undefined ? { ...counts, done } : { ...counts, done: false, broken: broken.reason };
};

/** Queues emails again. Those that only waited for their message are not looked at again once they have it. */
const queueAgain = async ({ emails, lanes, now }: SweepDependencies, again: readonly StalledEmail[]): Promise<void> => {
  const ofCampaigns = again.filter(({ campaignId }) => campaignId !== undefined);
  const singles = again.filter(({ campaignId }) => campaignId === undefined);
  await lanes.campaigns.queueEmails(ofCampaigns.map(toSend));
  await lanes.messages.queueEmails(singles.map(toSend));
  await mapConcurrently(
    AT_ONCE,
    again.filter(({ status }) => status !== 'depleted'),
    // A single message is found by nothing but its time, should this message be lost as well.
    (email) => (email.campaignId === undefined ? emails.postponeQueued(email, now()) : emails.leave(email)),
  );
};

const toSend = (email: StalledEmail) => ({ mailingId: mailingIdOf(email), messageId: email.messageId });
