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

/** Slots in the send rate, for one invocation and one queue. Times are milliseconds since 1970. */
export type SlotSource = Readonly<{
  /** Takes slots for `count` emails, for each one of its own, or says why there is none for it. Rejects as the SDK does. */
  take: (count: number) => readonly Promise<Slot | NoSlot>[];
  /** Whether there is time enough left for a call and for what comes after it. */
  hasTime: () => boolean;
}>;

/** None soon enough, or none that the quota for 24 hours leaves. */
export type NoSlot = 'crowded' | 'depleted';

/** One slot in the send rate. */
export type Slot = Readonly<{
  /** Resolves shortly before it, when it is time to look at the email once more. */
  before: () => Promise<void>;
  /** Resolves when SES may be called, at this slot or, where it is missed, at another; false: there is none soon enough. */
  reached: () => Promise<boolean>;
}>;

export type SlotDependencies = Readonly<{
  sendSlots: Pick<SendSlots, 'take'>;
  clock: Clock;
  /** From 0 to 1, by chance. */
  chance: () => number;
}>;

export type SlotLimits = Readonly<{
  /** Emails a second. */
  maxSendRate: number;
  queue: EmailQueueName;
  /** For campaigns: how many slots there may have been in all (send-slots.ts); Infinity for any number. */
  mostSlots: number;
}>;

/**
 * How long before the first slot its email is looked at: reading, deciding and claiming take some 20 ms of waiting, and
 * about as much of computing for each email of the batch, with the third of a processor that 512 MB come with. A slot
 * that is missed is lost to all, and another one costs a write.
 */
const leadOf = (count: number): number => 100 + 25 * count;
/** The farthest slot taken, or waited for: what finds none waits in the queue, not in a worker that is paid for. */
const HORIZON = 20_000;
/** Beyond what single messages take, so that some of it is the campaigns' where those take all there is. */
const TURN_HORIZON = HORIZON + CAMPAIGNS_AHEAD;
/** For SES's answer (SEND_PATIENCE, and a connection) and what is written then. */
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
  /** Campaigns ask again as time goes by, up to the deadline: they take slots only shortly before those come. */
  const takeUntil = async (count: number, lead: number, deadline: number): Promise<SlotAnswer> => {
    for (let attempt = 1; ; attempt++) {
      const taken = await ask(count, lead);
      if (queue === 'messages' || !('none' in taken) || taken.none === 'quota') return taken;
      // Not all workers at once, and less often the more of them there are; never so late that a slot stays free.
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
    // Where another slot cannot be had, for whatever reason, the email goes back to where it waits: it is claimed by now.
    for (let at: number | undefined = slot; at !== undefined; at = await another()) {
      await sleepUntil(at);
      // Sent late, an email would come into the seconds of others.
      if (clock.now() - at <= TOLERANCE) return true;
    }
    return false;
  };
  const slotAt = (at: number, lead: number): Slot => ({
    before: () => sleepUntil(at - lead),
    reached: () => reach(at),
  });

  /** Takes the slots with as few writes as may be: of single messages all at once, of campaigns about a second's. */
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
