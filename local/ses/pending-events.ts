import { keptJournal } from '../process/journal.ts';
import type { EventType } from './outcome.ts';
import { createSchedule } from './schedule.ts';
import type { SuppressedDestination } from './suppression-list.ts';

/** A future event of an accepted email; its suppression list entry is added at the same time. */
export type PendingEvent = Readonly<{
  /** Milliseconds since 1970. */
  at: number;
  eventType: EventType;
  text: string;
  /** None if the email was sent without one: then nothing is published. */
  configurationSet?: string | undefined;
  suppresses?: readonly SuppressedDestination[] | undefined;
}>;

export type PendingEvents = Readonly<{
  /** @param key unique among all pending events */
  add: (key: string, event: PendingEvent) => void;
  /** How many there are. */
  pending: () => number;
  /** Resumes the kept events. */
  resume: () => void;
  stop: () => void;
}>;

/** Events not yet published. In a data folder they are kept until they are: SES does not lose any either. */
export const createPendingEvents = ({
  clock,
  dataFolder,
  publish,
}: Readonly<{
  clock: () => number;
  dataFolder: string | undefined;
  publish: (event: PendingEvent) => void;
}>): PendingEvents => {
  const schedule = createSchedule();
  const journal = keptJournal<PendingEvent>(dataFolder, 'ses-events.jsonl', "the simulated SES's events");
  const wait = (key: string, event: PendingEvent) =>
    schedule.in(Math.max(0, event.at - clock()), () => {
      publish(event);
      journal.delete(key);
    });
  return {
    add: (key, event) => {
      journal.put(key, event);
      wait(key, event);
    },
    pending: schedule.pending,
    resume: () => {
      for (const [key, event] of journal.entries()) wait(key, event);
    },
    stop: () => {
      schedule.stop();
      journal.close();
    },
  };
};
