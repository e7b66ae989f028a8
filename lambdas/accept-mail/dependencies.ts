import type { FailedCounter } from '../store/count-failed.ts';
import type { Mailings } from '../store/mailings.ts';
import type { Once } from '../store/once.ts';
import type { Schedules } from '../store/schedules.ts';
import type { SenderIdentities } from '../store/sender-identities.ts';
import type { SendingWork } from '../store/sending-work.ts';
import type { SingleMailings } from '../store/single-mailings.ts';
import type { CallDependencies } from './accept-call.ts';

export type Dependencies = Omit<CallDependencies, 'mailings' | 'schedules' | 'work'> &
  Readonly<{
    mailings: Pick<Mailings, 'read' | 'readContent' | 'putContent' | 'putPage' | 'move' | 'end'>;
    singles: SingleMailings;
    countFailed: FailedCounter;
    schedules: Schedules;
    work: SendingWork;
    identities: SenderIdentities;
    once: Once;
    /** Random, and long enough that nobody guesses it. */
    newSalt: () => string;
    retentionDays: number;
    /** ISO 8601 UTC with milliseconds. */
    now: () => string;
  }>;
