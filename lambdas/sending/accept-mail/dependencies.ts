import type { Schedules } from '../../aws/scheduler.ts';
import type { SenderIdentities } from '../../aws/ses/identities.ts';
import type { JobQueues } from '../../aws/sqs/job-queues.ts';
import type { FailedCounter } from '../../store/emails/count-failed.ts';
import type { Idempotency } from '../../store/mailings/idempotency.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import type { SingleMailings } from '../../store/mailings/single-messages.ts';
import type { AcceptDependencies } from './accept-request.ts';

export type Dependencies = Omit<AcceptDependencies, 'mailings' | 'schedules' | 'jobs'> &
  Readonly<{
    mailings: Pick<Mailings, 'read' | 'readContent' | 'putContent' | 'putPage' | 'move' | 'end'>;
    singleMessages: SingleMailings;
    countFailed: FailedCounter;
    schedules: Schedules;
    jobs: JobQueues;
    identities: SenderIdentities;
    idempotency: Idempotency;
    /** Random, and too long to be guessed. */
    newSalt: () => string;
    retentionDays: number;
    /** ISO 8601 UTC with milliseconds. */
    now: () => string;
  }>;
