import type { AccountReader, SesAccount } from '../../aws/ses/account.ts';
import { type EmailQueueName, queueNameOf } from '../../domain/mailing/email-queue-name.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { keptForMessages } from '../../domain/mailing/send-rate.ts';
import type { SendSlots } from '../../store/mailings/send-slots.ts';
import { type Admission, type ProcessDependencies, processEmail } from './process-email.ts';
import { isOver } from './recheck.ts';
import type { ProcessResult } from './result.ts';
import { slotSource } from './send-slots.ts';

export type SendDependencies = ProcessDependencies &
  Readonly<{
    account: AccountReader;
    sendSlots: Pick<SendSlots, 'take'>;
    /** How much of the quota for 24 hours campaigns leave to single messages, in percent. */
    messageQuota: number;
  }>;

/**
 * Sends a batch: takes a slot in the send rate for each email that may still be sent, and processes each at its slot,
 * several at once. The results are in their order; a rejected one is received again.
 * @param timeLeft milliseconds until the function is ended
 * @throws whatever the SDK throws where nothing is known of the account, or of the rate
 */
export const sendBatch = async (
  batch: readonly EmailToSend[],
  dependencies: SendDependencies,
  timeLeft: () => number,
): Promise<readonly PromiseSettledResult<ProcessResult>[]> => {
  const account = await dependencies.account();
  const over = await areOver(batch, dependencies);
  const due = batch.filter((_, index) => over[index] === false);
  // By what they are, not by their queue: that of campaigns had single messages too, before those had one of their own.
  const byQueue = Map.groupBy(due, queueNameOf);
  const admissions = new Map(
    [...byQueue].flatMap(([queue, emails]) => admissionsOf(emails, queue, account, dependencies, timeLeft)),
  );
  return Promise.allSettled(
    batch.map(async (email, index) => {
      const isOver = over[index];
      if (typeof isOver !== 'boolean') throw isOver;
      const admission = isOver ? 'over' : await admissions.get(email);
      return processEmail(email, admission ?? 'crowded', dependencies);
    }),
  );
};

/** How each of these comes up, as soon as that is known. */
const admissionsOf = (
  emails: readonly EmailToSend[],
  queue: EmailQueueName,
  account: SesAccount | 'busy',
  dependencies: SendDependencies,
  timeLeft: () => number,
): readonly (readonly [EmailToSend, Admission | Promise<Admission>])[] => {
  const all = (admission: Admission) => emails.map((email) => [email, admission] as const);
  // It is not known yet how fast to send; a failed batch would come again only after minutes.
  if (account === 'busy') return all('crowded');
  const { maxSendRate, quota, quotaLeft, placesUsed } = account;
  if (maxSendRate <= 0) return all('paused');
  const kept = queue === 'campaigns' ? keptForMessages(quota, dependencies.messageQuota) : 0;
  if (quotaLeft - kept <= 0) return all('depleted');
  const rate = slotSource(
    dependencies,
    { maxSendRate, queue, mostSlots: placesUsed + Math.floor(quotaLeft - kept) },
    timeLeft,
  );
  return rate.take(emails.length).map((slot, index) => {
    const admission = slot.then((one) => (typeof one === 'string' ? one : { slot: one, hasTime: rate.hasTime }));
    return [emails[index] as EmailToSend, admission] as const;
  });
};

/** Whether the mailing of each is over, or the error that kept us from knowing. Each mailing is read once. */
const areOver = async (
  batch: readonly EmailToSend[],
  { mailings, clock }: SendDependencies,
): Promise<readonly (boolean | Error)[]> => {
  const now = new Date(clock.now()).toISOString();
  const mailingIds = [...new Set(batch.map(({ mailingId }) => mailingId))];
  const read = await Promise.all(
    mailingIds.map(async (mailingId): Promise<[string, boolean | Error]> => {
      try {
        return [mailingId, isOver(await mailings.read(mailingId), now)];
      } catch (error) {
        return [mailingId, error as Error];
      }
    }),
  );
  const byMailing = new Map(read);
  return batch.map(({ mailingId }) => byMailing.get(mailingId) ?? false);
};
