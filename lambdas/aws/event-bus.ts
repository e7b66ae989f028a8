import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { StatusEvent } from '../domain/status-events/status-event.ts';
import { errorName } from '../runtime/error-name.ts';

/** How many of the events were published, counted from the first; if not all, the error code of the next one. */
export type Published = Readonly<{ events: number; problem?: string }>;

export type EventBus = Readonly<{
  /**
   * Publishes events in their order, while there is time (milliseconds). Some events after the first failed one may be
   * published too.
   */
  publish: (events: readonly StatusEvent[], timeLeft: () => number) => Promise<Published>;
}>;

/** The `source` of Mailtrail's events, for EventBridge rules. */
export const SOURCE = 'mailtrail';

/** The most entries of a request (EventBridge API reference, PutEvents). */
const MOST_ENTRIES = 10;

/**
 * The most bytes of a request. EventBridge accepted 256 KB until January 2026 and accepts 1 MB since (AWS Compute Blog).
 * Ten usual events, of half a KB each, fit into the smaller limit too. A single event may have more.
 */
const MOST_BYTES = 250_000;

/** Milliseconds that another request may take: with less time left, none is sent. */
const REQUEST_TIME = 5_000;

/** Milliseconds until failed entries are retried, doubled each time. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * The event bus of the stack. Entries that failed temporarily are retried, without the other entries of their request;
 * rejected ones are not.
 *
 * @param sleep resolves after this many milliseconds
 */
export const eventBus = (
  client: Pick<EventBridgeClient, 'send'>,
  name: string,
  sleep: (milliseconds: number) => Promise<unknown>,
): EventBus => ({
  publish: async (events, timeLeft) => {
    let done = 0;
    for (const entries of batchesOf(events.map((event) => toEntry(event, name)))) {
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
        const problem = found.find(({ isTemporary }) => !isTemporary) ?? found[0];
        if (!problem?.isTemporary || timeLeft() < pause + REQUEST_TIME) {
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

const batchesOf = (entries: readonly PutEventsRequestEntry[]): readonly (readonly PutEventsRequestEntry[])[] => {
  const batches: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.Detail ?? '') + HEAD_BYTES;
    const last = batches.at(-1);
    if (last !== undefined && last.length < MOST_ENTRIES && bytes <= room) last.push(entry);
    else {
      batches.push([entry]);
      room = MOST_BYTES;
    }
    room -= bytes;
  }
  return batches;
};

/** Bytes for source, type and bus. */
const HEAD_BYTES = 400;

/** Why an event was not accepted: a code, and whether a retry may succeed. */
type Problem = Readonly<{ code: string; isTemporary: boolean }>;

/** Sends entries, and returns the problem of each, in their order. A code or an error's name contains no data of an event. */
const put = async (
  client: Pick<EventBridgeClient, 'send'>,
  Entries: PutEventsRequestEntry[],
): Promise<readonly (Problem | undefined)[]> => {
  try {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
    return Entries.map((_, index) => {
      const { EventId, ErrorCode: code = 'unanswered' } = results[index] ?? {};
      return EventId === undefined ? { code, isTemporary: !REJECTED.test(code) } : undefined;
    });
  } catch (error) {
    const code = errorName(error);
    return Entries.map(() => ({ code, isTemporary: !REJECTED.test(code) }));
  }
};

/**
 * Codes of events that EventBridge will never accept (API reference, PutEventsResultEntry and common errors). Any other
 * error may be temporary: even a missing permission or bus may be restored.
 */
const REJECTED = /malformed|invalidargument|validation|toolarge/i;
