import { spacingOf, TOLERANCE } from '../domain/send-rate.ts';
import type { Allowance } from '../store/allowance.ts';
import type { Clock } from '../store/pace.ts';
import type { SesAccount } from '../store/ses-account.ts';

/** Places in the send rate, for one invocation. Times are milliseconds since 1970. */
export type Taken = Readonly<{
  /** The first of `count` places; `undefined` where there are none soon enough. */
  take: (count: number) => Promise<number | undefined>;
  /** Milliseconds from one place to the next. */
  spacing: number;
  /** Resolves shortly before a place, when it is time to look at the email once more. */
  before: (place: number) => Promise<void>;
  /** Resolves when SES may be called, at that place or, where it is missed, at another; false: there is none soon enough. */
  at: (place: number) => Promise<boolean>;
  /** Whether there is time enough left for a call and for what comes after it. */
  hasTime: () => boolean;
}>;

/** Reading, deciding and claiming take some 20 ms; a place that is missed costs another write. */
export const LEAD = 100;
/** The farthest place taken: what finds none waits in the queue, not in a worker that is paid for. */
const HORIZON = 20_000;
/** For SES's answer (SEND_PATIENCE, and a connection) and what is written then. */
const FOR_A_CALL = 18_000;

export const places = (
  { allowance, clock }: Readonly<{ allowance: Allowance; clock: Clock }>,
  { maxSendRate }: Pick<SesAccount, 'maxSendRate'>,
  timeLeft: () => number,
): Taken => {
  const spacing = spacingOf(maxSendRate);
  const take = (count: number, lead: number) => {
    const now = clock.now();
    const until = now + Math.min(HORIZON, timeLeft() - FOR_A_CALL);
    return allowance.take({ count, spacing, from: now + lead, until });
  };
  const sleepUntil = async (time: number) => {
    for (let left = time - clock.now(); left > 0; left = time - clock.now()) await clock.sleep(left);
  };
  return {
    spacing,
    take: (count) => take(count, LEAD),
    before: (place) => sleepUntil(place - LEAD),
    at: async (place) => {
      for (let at: number | undefined = place; at !== undefined; at = await take(1, 0).catch(() => undefined)) {
        await sleepUntil(at);
        // Sent late, an email would come into the seconds of others.
        if (clock.now() - at <= TOLERANCE) return true;
      }
      // Unknown as well: the email is claimed by now, and must go back to where it waits.
      return false;
    },
    hasTime: () => timeLeft() > FOR_A_CALL,
  };
};
