import type { Clock } from '../../aws/ses/rate-limiter.ts';
import type { EmailQueueName } from '../../domain/mailing/email-queue-name.ts';
import {
  CAMPAIGNS_AHEAD,
  CAMPAIGNS_TURN,
  MICROSECONDS,
  slotsAtOnce,
  spacingOf,
  TOLERANCE,
} from '../../domain/mailing/send-rate.ts';
import type { SendSlots } from '../../store/mailings/send-slots.ts';
import type { SlotAnswer } from '../../store/mailings/slots.ts';

/** Send slots for one invocation and one queue. Times are milliseconds since 1970. */
export type SlotSource = Readonly<{
  /**
   * Takes slots for `count` emails. Each gets a slot of its own, or the reason why there is none. Rejects as the SDK
   * does.
   */
  take: (count: number) => readonly Promise<Slot | NoSlot>[];
  /** Whether there is enough time left for a request to SES and the write after it. */
  hasTime: () => boolean;
}>;

/** There is no slot soon enough, or the quota for 24 hours is used up. */
export type NoSlot = 'crowded' | 'depleted';

/** One send slot. */
export type Slot = Readonly<{
  /** Resolves shortly before the slot, when the email is rechecked. */
  before: () => Promise<void>;
  /**
   * Resolves with true when SES may be called, at this slot or, if it is missed, at another; with false if none is soon
   * enough.
   */
  reached: () => Promise<boolean>;
}>;

export type SlotDependencies = Readonly<{
  sendSlots: Pick<SendSlots, 'take'>;
  clock: Clock;
  /** A random number from 0 to 1. */
  chance: () => number;
}>;

export type SlotLimits = Readonly<{
  /** Emails a second. */
  maxSendRate: number;
  queue: EmailQueueName;
  /**
   * For campaigns: the most slots that may have been taken in total (store/mailings/send-slots.ts); Infinity for no
   * limit.
   */
  mostSlots: number;
}>;

/**
 * Milliseconds before the first slot at which its email is rechecked. Reading, deciding and claiming take about 20 ms of
 * waiting, and about as much CPU time for each email of the batch, with the third of a processor that a function with
 * 512 MB has. Nobody can use a missed slot, and another one costs a write.
 */
const leadOf = (count: number): number => 100 + 25 * count;
/**
 * How far ahead slots are taken, or waited for. Without one, an email waits in the queue and not in a worker that costs
 * money.
 */
const HORIZON = 20_000;
/** Farther than for single messages, so that campaigns get some slots if single messages use the whole rate. */
const TURN_HORIZON = HORIZON + CAMPAIGNS_AHEAD;
/** Milliseconds for SES's answer (SEND_PATIENCE, and a connection) and the write after it. */
const FOR_A_CALL = 18_000;

export const slotSource = (
  { sendSlots, clock, chance }: SlotDependencies,
  { maxSendRate, queue, mostSlots }: SlotLimits,
  timeLeft: () => number,
): SlotSource => {
  const spacing = spacingOf(maxSendRate);
  const wholeLength = (count: number) => (count * spacing) / MICROSECONDS;
  const ask = (count: number, lead: number): Promise<SlotAnswer> => {
    const now = clock.now();
    const within = (milliseconds: number) =>
      (now + Math.min(milliseconds, Math.floor(timeLeft()) - FOR_A_CALL)) * MICROSECONDS;
    const from = (now + lead) * MICROSECONDS;
    if (queue === 'messages') return sendSlots.take({ count, spacing, from, until: within(HORIZON) });
    return sendSlots.take({
      ...{ count, spacing, from },
      // One slot at least, however slow the rate is.
      until: within(Math.max(CAMPAIGNS_AHEAD, lead + Math.ceil(wholeLength(count)))),
      campaigns: {
        ...{ now: now * MICROSECONDS, turn: CAMPAIGNS_TURN * count * spacing, turnUntil: within(TURN_HORIZON) },
        ...(Number.isFinite(mostSlots) && { most: mostSlots }),
      },
    });
  };
  /** Campaigns repeat the request until the deadline, because they take slots only shortly before their time. */
  const takeUntil = async (count: number, lead: number, deadline: number): Promise<SlotAnswer> => {
    for (let attempt = 1; ; attempt++) {
      const taken = await ask(count, lead);
      if (queue === 'messages' || !('none' in taken) || taken.none === 'quota') return taken;
      // Spread over the workers, and less often with each attempt, but never so late that a slot stays free.
      const slack = Math.max(0, CAMPAIGNS_AHEAD - lead - wholeLength(count));
      const again =
        clock.now() +
        Math.ceil(taken.wait / MICROSECONDS) +
        1 +
        chance() * Math.min(attempt * wholeLength(count), slack);
      if (again > deadline) return taken;
      await sleepUntil(again);
    }
  };
  const sleepUntil = async (time: number) => {
    for (let left = time - clock.now(); left > 0; left = time - clock.now()) await clock.sleep(left);
  };
  const deadline = () => clock.now() + Math.min(HORIZON, timeLeft() - FOR_A_CALL);
  const another = async (): Promise<number | undefined> => {
    const taken = await takeUntil(1, 0, deadline()).catch(() => undefined);
    return taken && 'first' in taken ? taken.first / MICROSECONDS : undefined;
  };
  const reach = async (slot: number): Promise<boolean> => {
    // Without another slot, for whatever reason, the claimed email is released to wait again.
    for (let at: number | undefined = slot; at !== undefined; at = await another()) {
      await sleepUntil(at);
      // Sent late, an email would use the slots of others.
      if (clock.now() - at <= TOLERANCE) return true;
    }
    return false;
  };
  const slotAt = (at: number, lead: number): Slot => ({
    before: () => sleepUntil(at - lead),
    reached: () => reach(at),
  });

  /**
   * Takes the slots with as few writes as possible: for single messages all at once, for campaigns about a second's
   * worth.
   */
  const takeAll = async (slots: readonly PromiseWithResolvers<Slot | NoSlot>[]): Promise<void> => {
    const until = deadline();
    let most = queue === 'messages' ? slots.length : slotsAtOnce(spacing);
    for (let next = 0; next < slots.length; ) {
      const count = Math.min(most, slots.length - next);
      const lead = leadOf(count);
      const taken = await takeUntil(count, lead, until);
      if ('none' in taken) {
        most = taken.none === 'quota' ? Math.min(taken.left, count - 1) : 0;
        if (most > 0) continue;
        for (const { resolve } of slots.slice(next)) resolve(taken.none === 'quota' ? 'depleted' : 'crowded');
        return;
      }
      for (const [index, { resolve }] of slots.slice(next, next + count).entries()) {
        resolve(slotAt((taken.first + index * spacing) / MICROSECONDS, lead));
      }
      next += count;
    }
  };

  return {
    take: (count) => {
      const slots = Array.from({ length: count }, () => Promise.withResolvers<Slot | NoSlot>());
      takeAll(slots).catch((reason) => {
        for (const { reject } of slots) reject(reason);
      });
      return slots.map(({ promise }) => promise);
    },
    hasTime: () => timeLeft() > FOR_A_CALL,
  };
};
