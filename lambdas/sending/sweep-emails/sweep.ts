import { mailingIdOf } from '../../domain/mailing/mailing.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { type StalledEmail, type StalledEmails, WAKE_SHARDS } from '../../store/emails/stalled-emails.ts';
import { type CampaignChecking, checkCampaigns } from './check-campaigns.ts';
import { type SweptQueues, shortness } from './email-queues.ts';
import { resolve } from './resolve.ts';

export type SweepDependencies = Omit<CampaignChecking, 'queueEmails' | 'isShort' | 'count'> &
  Readonly<{ emails: StalledEmails; queues: SweptQueues }>;

/**
 * Numbers of emails: given up because it is unknown whether they were sent, expired, queued again. And of campaigns
 * advanced.
 */
export type Counts = { unknown: number; expired: number; requeued: number; advanced: number };

/** The result of a sweep. `broken` is the error of a part that failed; the counts of the other parts are valid. */
export type Swept = Readonly<Counts & { done: boolean; broken?: unknown }>;

/** In each shard. The SDK has 50 connections. */
const AT_ONCE = 6;
const SHARD_NUMBERS = Array.from({ length: WAKE_SHARDS }, (_, shard) => shard);

/**
 * Checks the emails and the campaigns that are due, concurrently and while there is time; the next sweep does the rest.
 * Each write is conditional, so that concurrent or interrupted sweeps do no harm.
 */
export const sweep = async (dependencies: SweepDependencies, hasTime: () => boolean): Promise<Swept> => {
  const { emails, queues, now } = dependencies;
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
  const sweepDue = async (shard: number) => sweepPages(emails.due(shard, now()));
  const isShort = { campaigns: shortness(queues.campaigns.length), messages: shortness(queues.messages.length) };
  const sweepQueued = async (shard: number) => {
    if (await isShort.messages()) await sweepPages(emails.dueQueued(shard, now()));
  };
  const sweepCampaigns = async () => {
    const checking = { ...dependencies, isShort: isShort.campaigns, queueEmails: queues.campaigns.queueEmails };
    if (!(await checkCampaigns({ ...checking, count: (one) => counts[one]++ }, hasTime))) done = false;
  };
  // If one fails, the others are still checked.
  const ends = await Promise.allSettled([
    ...SHARD_NUMBERS.map(sweepDue),
    ...SHARD_NUMBERS.map(sweepQueued),
    sweepCampaigns(),
  ]);
  const broken = ends.find((end) => end.status === 'rejected');
  return broken === undefined ? { ...counts, done } : { ...counts, done: false, broken: broken.reason };
};

/** Queues emails again. An email of a campaign that only lacked its queue message is not checked by its time again. */
const queueAgain = async (
  { emails, queues, now }: SweepDependencies,
  again: readonly StalledEmail[],
): Promise<void> => {
  const ofCampaigns = again.filter(({ campaignId }) => campaignId !== undefined);
  const singleMessages = again.filter(({ campaignId }) => campaignId === undefined);
  await queues.campaigns.queueEmails(ofCampaigns.map(toSend));
  await queues.messages.queueEmails(singleMessages.map(toSend));
  await mapConcurrently(
    AT_ONCE,
    again.filter(({ status }) => status !== 'depleted'),
    // A single message is found only by its time, if this queue message is lost too.
    (email) => (email.campaignId === undefined ? emails.postponeQueued(email, now()) : emails.leave(email)),
  );
};

const toSend = (email: StalledEmail) => ({ mailingId: mailingIdOf(email), messageId: email.messageId });
