import type { Clock } from '../../aws/ses/rate-limiter.ts';
import type { SesSend } from '../../aws/ses/send-email.ts';
import type { EmailsToSend } from '../../aws/sqs/emails-to-send.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import type { SendOutcome } from '../../domain/mailing/send-outcome.ts';
import { retryDelay } from '../../domain/mailing/send-rate.ts';
import type { OutgoingEmail, OutgoingEmails } from '../../store/emails/outgoing-emails.ts';
import { compose, type Links } from '../email/compose.ts';
import { type RecheckDependencies, recheck } from './recheck.ts';
import { ALREADY_HANDLED, type ProcessResult } from './result.ts';
import type { NoSlot, Slot, SlotSource } from './send-slots.ts';

export type ProcessDependencies = RecheckDependencies &
  Readonly<{
    emails: OutgoingEmails;
    queue: EmailsToSend;
    send: SesSend;
    links: () => Promise<Links>;
    clock: Clock;
    /** A random number from 0 to 1. */
    chance: () => number;
  }>;

/** A send slot, or the reason why there is none. */
export type Admission = (Readonly<{ slot: Slot }> & Pick<SlotSource, 'hasTime'>) | NoSlot | 'paused' | 'over';

/** Processes one email: ends it, lets it wait, or sends it with one request to SES. */
export const processEmail = async (
  toSend: EmailToSend,
  admission: Admission,
  dependencies: ProcessDependencies,
): Promise<ProcessResult> => {
  const { emails, clock } = dependencies;
  const now = () => new Date(clock.now()).toISOString();
  if (typeof admission === 'object') await admission.slot.before();
  const rechecked = await recheck(toSend, dependencies, now());
  if (rechecked === undefined) return ALREADY_HANDLED;
  const { email } = rechecked;
  if ('ending' in rechecked) {
    const { ending } = rechecked;
    return (await emails.refuse(email, ending, now())) ? { is: ending.status } : ALREADY_HANDLED;
  }

  const waits = waiting(toSend, email, dependencies, now);
  if (admission === 'paused') return waits.paused();
  if (admission === 'depleted') return waits.depleted();
  if (typeof admission === 'string' || !admission.hasTime()) return waits.crowded();

  const { mailing, renderer, sendTo } = rechecked.ready;
  const { messageId, campaignId, values } = email;
  const composed = compose(renderer, mailing, { messageId, campaignId, sendTo, values }, await dependencies.links());
  if (!(await emails.claim(email, now()))) return ALREADY_HANDLED;
  const outcome: SendOutcome = (await admission.slot.reached())
    ? await dependencies.send(composed)
    : { is: 'throttled' };
  return settle(outcome, { email, emails, waits, now });
};

/** Writes the outcome of a request to SES. Only an email that SES certainly did not accept waits again. */
const settle = async (
  outcome: SendOutcome,
  {
    email,
    emails,
    waits,
    now,
  }: Readonly<{ email: OutgoingEmail; emails: OutgoingEmails; waits: Waits; now: () => string }>,
): Promise<ProcessResult> => {
  switch (outcome.is) {
    case 'sent':
      await emails.sent(email, outcome.sesMessageId, now());
      return { is: 'sent' };
    case 'failed':
      await emails.fail(email, outcome.reason, now());
      return { is: 'failed_sending' };
    case 'throttled':
      await emails.release(email, 'throttled', now());
      return waits.again({ is: 'throttled' });
    case 'depleted':
      // Found by the time on its row, like all emails that wait for quota.
      await emails.release(email, 'depleted', now());
      return { is: 'depleted' };
    case 'held':
      await emails.release(email, 'queued', now());
      return waits.held(outcome.cause);
    case 'unreached':
      await emails.release(email, 'queued', now());
      return waits.again(outcome);
    case 'unknown':
      // It stays `sending`, and is found by the time on its row. A request that SES may have accepted cannot be undone.
      return outcome;
  }
};

type Waits = ReturnType<typeof waiting>;

/** The ways in which an unclaimed email waits. */
const waiting = (
  toSend: EmailToSend,
  email: OutgoingEmail,
  { emails, queue, chance }: ProcessDependencies,
  now: () => string,
) => {
  const again = async (result: ProcessResult): Promise<ProcessResult> => {
    const { attempt = 0 } = toSend;
    const delaySeconds = retryDelay(attempt, chance());
    await queue.putBack({ email: { ...toSend, attempt: attempt + 1 }, delaySeconds });
    return result;
  };
  const held = async (cause: string): Promise<ProcessResult> => {
    const delaySeconds = Math.ceil(HELD / 2 + (HELD / 2) * chance());
    await queue.putBack({ email: toSend, delaySeconds });
    return { is: 'held', cause };
  };
  return {
    again,
    crowded: async (): Promise<ProcessResult> => {
      // The row of a single message has a time by which it is found without its queue message; that of a campaign's email has none.
      const isWritten =
        email.status === 'throttled' && (email.campaignId === undefined) === (email.wakeAt !== undefined);
      if (!isWritten && !(await emails.throttle(email, now()))) return ALREADY_HANDLED;
      return again({ is: 'throttled' });
    },
    depleted: async (): Promise<ProcessResult> => {
      const isWritten = email.status === 'depleted' && (email.wakeAt ?? '') > now();
      return isWritten || (await emails.deplete(email, now())) ? { is: 'depleted' } : ALREADY_HANDLED;
    },
    // An email that waits for quota is queued again by the time on its row. Put back too, it would be in the queue twice.
    paused: async (): Promise<ProcessResult> =>
      email.status === 'depleted' ? { is: 'held', cause: PAUSED } : held(PAUSED),
    held,
  };
};

const PAUSED = 'AccountPaused';

/** Seconds until the next attempt if a person must enable sending again: the longest delay of an SQS queue. */
const HELD = 900;
