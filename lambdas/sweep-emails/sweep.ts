import { mailingIdOf } from '../domain/mailing.ts';
import { DEPLETED_FOR } from '../domain/send-rate.ts';
import { later } from '../domain/time.ts';
import type { EmailQueue } from '../store/email-queue.ts';
import { severalAtOnce } from '../store/several-at-once.ts';
import { LANES, type StalledEmail, type StalledEmails } from '../store/stalled-emails.ts';

export type SweepDependencies = Readonly<{
  emails: StalledEmails;
  queueEmails: EmailQueue;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

/**
 * What came of those that were due: given up without anybody knowing whether they were sent, expired, or queued again.
 * `broken` is what some of it failed on, if any: the others count all the same, since nobody will find them again.
 */
export type Swept = Readonly<{ unknown: number; expired: number; requeued: number; done: boolean; broken?: unknown }>;

/** In each lane. The SDK has 50 connections. */
const AT_ONCE = 6;

/** Why nobody knows: its worker died, or SES's answer was lost. */
export const UNKNOWN = 'outcome unknown';
const NO_QUOTA = "The day's sending quota was used up for 24 hours";

/**
 * Looks at the emails whose time has come, all lanes at once, for as long as there is time; the next sweep finds the rest.
 * Each step is taken by condition, so that two sweeps at once, or one that broke off, do no harm.
 */
export const sweep = async (dependencies: SweepDependencies, hasTime: () => boolean): Promise<Swept> => {
  const counts = { unknown: 0, expired: 0, requeued: 0 };
  let done = true;
  const sweepLane = async (lane: number) => {
    for await (const page of dependencies.emails.due(lane, dependencies.now())) {
      const came = await severalAtOnce(AT_ONCE, page, async (email) => {
        const one = await lookAt(dependencies, email);
        if (one !== undefined) counts[one]++;
        return one;
      });
      await queueAgain(
        dependencies,
        page.filter((_, index) => came[index] === 'requeued'),
      );
      if (hasTime()) continue;
      done = false;
      return;
    }
  };
  const lanes = Array.from({ length: LANES }, (_, lane) => lane);
  // Severally: what one lane fails on must not keep the others from being looked at.
  const ends = await Promise.allSettled(lanes.map(sweepLane));
  const broken = ends.find((end) => end.status === 'rejected');
  return broken === undefined ? { ...counts, done } : { ...counts, done: false, broken: broken.reason };
};

/** `undefined` where it has gone on by itself, or nothing is to be done but not to look at it again. */
const lookAt = async (
  { emails, now }: SweepDependencies,
  email: StalledEmail,
): Promise<'unknown' | 'expired' | 'requeued' | undefined> => {
  const at = now();
  switch (email.status) {
    case 'sending':
      return (await emails.giveUp(email, UNKNOWN, at)) ? 'unknown' : undefined;
    case 'depleted': {
      const since = email.depletedSince;
      if (since !== undefined && later(since, DEPLETED_FOR) <= at) {
        return (await emails.expire(email, NO_QUOTA, at)) ? 'expired' : undefined;
      }
      // Before it is queued: the sender writes nothing on one whose time is ahead, if there is still no quota.
      return (await emails.postpone(email, at)) ? 'requeued' : undefined;
    }
    case 'queued':
    case 'throttled':
      // Was to be sent again, and may never have come into the queue.
      return 'requeued';
    case undefined:
      // A newer version's word: that one will know what it waits for.
      return undefined;
    case 'failed_sending':
      // A person may send it again, with its values.
      await emails.leave(email);
      return undefined;
    default:
      // SES told of it, to whoever records that and knows nothing of its values.
      await emails.finish(email);
      return undefined;
  }
};

/** Those that only waited for their message are not looked at again once they have it. */
const queueAgain = async (
  { emails, queueEmails }: SweepDependencies,
  again: readonly StalledEmail[],
): Promise<void> => {
  await queueEmails(again.map((email) => ({ mailingId: mailingIdOf(email), messageId: email.messageId })));
  await severalAtOnce(
    AT_ONCE,
    again.filter(({ status }) => status !== 'depleted'),
    (email) => emails.leave(email),
  );
};
