import { spacingOf, TOLERANCE } from '../domain/send-rate.ts';
import type { Allowance } from '../store/allowance.ts';
import type { Clock } from '../store/pace.ts';
import type { SesAccount } from '../store/ses-account.ts';

/** Places in the send rate, for one invocation. Times are milliseconds since 1970. */
export type Rate = Readonly<{
  /** Takes places for `count` emails at once; none where there are not that many soon enough. */
  take: (count: number) => Promise<readonly Place[]>;
  /** Whether there is time enough left for a call and for what comes after it. */
  hasTime: () => boolean;
}>;

/** One place in the send rate. */
export type Place = Readonly<{
  /** Resolves shortly before it, when it is time to look at the email once more. */
  before: () => Promise<void>;
  /** Resolves when SES may be called, at this place or, where it is missed, at another; false: there is none soon enough. */
  reached: () => Promise<boolean>;
}>;

/**
 * How long before the first place its email is looked at: reading, deciding and claiming take some 20 ms of waiting, and
 * about as much of computing for each email of the batch, with the third of a processor that 512 MB come with. A place
 * that is missed is lost to all, and another one costs a write.
 */
const leadOf = (count: number): number => 100 + 25 * count;
/** The farthest place taken: what finds none waits in the queue, not in a worker that is paid for. */
const HORIZON = 20_000;
/** For SES's answer (SEND_PATIENCE, and a connection) and what is written then. */
const FOR_A_CALL = 18_000;

export const rateOf = (
  { allowance, clock }: Readonly<{ allowance: Allowance; clock: Clock }>,
  { maxSendRate }: Pick<SesAccount, 'maxSendRate'>,
  timeLeft: () => number,
): Rate => {
  const spacing = spacingOf(maxSendRate);
  const take = (count: number, lead: number) => {
    const now = clock.now();
    const until = now + Math.min(HORIZON, timeLeft() - FOR_A_CALL);
    return allowance.take({ count, spacing, from: now + lead, until });
  };
  const sleepUntil = async (time: number) => {
    for (let left = time - clock.now(); left > 0; left = time - clock.now()) await clock.sleep(left);
  };
  const reach = async (place: number): Promise<boolean> => {
    // Where another place cannot be had, for whatever reason, the email goes back to where it waits: it is claimed by now.
    for (let at: number | undefined = place; at !== undefined; at = await take(1, 0).catch(() => undefined)) {
      await sleepUntil(at);
      // Sent late, an email would come into the seconds of others.
      if (clock.now() - at <= TOLERANCE) return true;
    }
    return false;
  };
  return {
    take: async (count) => {
      const lead = leadOf(count);
      const first = count > 0 ? await take(count, lead) : undefined;
      if (first === undefined) return [];
      return Array.from({ length: count }, (_, index) => {
        const at = first + index * spacing;
        return { before: () => sleepUntil(at - lead), reached: () => reach(at) };
      });
    },
    hasTime: () => timeLeft() > FOR_A_CALL,
  };
};
