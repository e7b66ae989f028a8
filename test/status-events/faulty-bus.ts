import type { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventBus } from '../../lambdas/aws/event-bus.ts';
import { createHandler } from '../../lambdas/status-events/publish-status-events/handler.ts';
import { silent } from '../support/silent.ts';

/** What becomes of a call of PutEvents. */
export type Fate = 'taken' | 'some throttled' | 'lost' | 'answer lost' | 'denied';

type Entry = Readonly<{ EventBusName: string; Source: string; DetailType: string; Detail: string }>;
type Detail = Readonly<{ id: string } & Record<string, unknown>>;

/**
 * The function that publishes, and an event bus in EventBridge's place.
 *
 * @param refused whether the bus refuses an event for good
 */
export const publishing = (refused: (detail: Detail) => boolean = () => false) => {
  const fates: Fate[] = [];
  const calls: (readonly Entry[])[] = [];
  const taken: (Entry & { detail: Detail })[] = [];
  const slept: number[] = [];
  const take = (entry: Entry) => {
    taken.push({ ...entry, detail: JSON.parse(entry.Detail) });
    return { EventId: `event-${taken.length}` };
  };
  const send = async ({ input }: PutEventsCommand) => {
    const entries = input.Entries as readonly Entry[];
    calls.push(entries);
    const fate = fates.shift() ?? 'taken';
    if (fate === 'lost') throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    if (fate === 'denied') throw Object.assign(new Error('no'), { name: 'AccessDeniedException', $fault: 'client' });
    const results = entries.map((entry, index) => {
      if (refused(JSON.parse(entry.Detail))) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'ann@example.com' };
      // The second and every third after it.
      if (fate === 'some throttled' && index % 3 === 1) return { ErrorCode: 'ThrottlingException' };
      return take(entry);
    });
    if (fate === 'answer lost') throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
  const { logger, said } = silent();
  const clock = { left: 300_000 };
  const sleep = async (milliseconds: number) => {
    slept.push(milliseconds);
    clock.left -= milliseconds;
  };
  const bus = eventBus({ send: send as never }, 'the-bus', sleep);
  const handler = createHandler({ bus, logger });
  const handle = (Records: Parameters<typeof handler>[0]['Records'], left = 300_000) => {
    clock.left = left;
    return handler({ Records }, { getRemainingTimeInMillis: () => clock.left });
  };
  return { bus, handle, fates, calls, taken, slept, said, timeLeft: () => clock.left };
};
