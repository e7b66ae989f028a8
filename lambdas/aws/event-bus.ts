import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { StatusEvent } from '../domain/status-events/status-event.ts';
import { errorName } from '../runtime/error-name.ts';

/** How many of the events, from the first one on, the bus has; and if not all, what held the next one up. */
export type Published = Readonly<{ events: number; problem?: string }>;

export type EventBus = Readonly<{
  /** Publishes events in their order, for as long as there is time (milliseconds). Of those behind the first that failed some may be published too. */
  publish: (events: readonly StatusEvent[], timeLeft: () => number) => Promise<Published>;
}>;

/** Rules tell by it what is Mailtrail's. */
export const SOURCE = 'mailtrail';

/** PutEvents takes ten (EventBridge API reference, PutEvents). */
const MOST_ENTRIES = 10;

/**
 * The bytes of one call. EventBridge took 256 KB until January 2026 and takes 1 MB since (AWS Compute Blog); by the smaller
 * figure a call of usual events, of half a KB each, has ten all the same. One event alone may have more.
 */
const MOST_BYTES = 250_000;

/** Milliseconds one more call may take: with less left none is begun. */
const A_CALL = 5_000;

/** Milliseconds until what failed is tried again, doubled each time. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * The event bus of the stack. What EventBridge could not take for now is sent again by itself, without the events beside
 * it; what it refuses for good is not.
 *
 * @param sleep lets so many milliseconds pass
 */
export const eventBus = (
  client: Pick<EventBridgeClient, 'send'>,
  name: string,
  sleep: (milliseconds: number) => Promise<unknown>,
): EventBus => ({
  publish: async (events, timeLeft) => {
    let done = 0;
    for (const entries of portionsOf(events.map((event) => toEntry(event, name)))) {
      let left = entries.map((entry, index) => ({ entry, index }));
      for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        const problems = await put(
          client,
          left.map(({ entry }) => entry),
        );
        left = left.filter((_, at) => problems[at] !== undefined);
        const [first] = left;
        if (first === undefined) break;
        const found = problems.filter((problem) => problem !== undefined);
        const problem = found.find(({ passes }) => !passes) ?? found[0];
        if (!problem?.passes || timeLeft() < pause + A_CALL) {
          return { events: done + first.index, problem: problem?.code ?? 'unknown' };
        }
        await sleep(pause);
      }
      done += entries.length;
    }
    return { events: done };
  },
});

const toEntry = ({ type, detail }: StatusEvent, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: SOURCE,
  DetailType: type,
  Detail: JSON.stringify(detail),
});

const portionsOf = (entries: readonly PutEventsRequestEntry[]): readonly (readonly PutEventsRequestEntry[])[] => {
  const portions: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.Detail ?? '') + HEAD_BYTES;
    const last = portions.at(-1);
    if (last !== undefined && last.length < MOST_ENTRIES && bytes <= room) last.push(entry);
    else {
      portions.push([entry]);
      room = MOST_BYTES;
    }
    room -= bytes;
  }
  return portions;
};

/** Of source, type and bus. */
const HEAD_BYTES = 400;

/** Why an event was not taken: a code, and whether it may be taken later. */
type Problem = Readonly<{ code: string; passes: boolean }>;

/** Sends entries; for each what is wrong with it, in their order. Neither code nor name holds anything of an event. */
const put = async (
  client: Pick<EventBridgeClient, 'send'>,
  Entries: PutEventsRequestEntry[],
): Promise<readonly (Problem | undefined)[]> => {
  try {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
    return Entries.map((_, index) => {
      const { EventId, ErrorCode: code = 'unanswered' } = results[index] ?? {};
      return EventId === undefined ? { code, passes: !REFUSED.test(code) } : undefined;
    });
  } catch (error) {
    const code = errorName(error);
    return Entries.map(() => ({ code, passes: !REFUSED.test(code) }));
  }
};

/**
 * What EventBridge says of an event that it will never take (API reference, PutEventsResultEntry and common errors). All
 * else may pass: even a right that is missing, or a bus, is given back by somebody.
 */
const REFUSED = /malformed|invalidargument|validation|toolarge/i;
