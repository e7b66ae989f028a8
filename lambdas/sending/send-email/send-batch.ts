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
    /** The share of the quota for 24 hours that is reserved for single messages, in percent. */
    messageQuota: number;
  }>;

/**
 * Sends a batch: takes a send slot for each email that may still be sent, and processes the emails at their slots,
 * concurrently. The results are in the order of the emails; the message of a rejected one is received again.
 * @param timeLeft milliseconds until the function times out
 * @throws whatever the SDK throws if the account cannot be read
 */
export const sendBatch = async (
  batch: readonly EmailToSend[],
  dependencies: SendDependencies,
  timeLeft: () => number,
): Promise<readonly PromiseSettledResult<ProcessResult>[]> => {
  const account = await dependencies.account();
  const over = await areOver(batch, dependencies);
  const due = batch.filter((_, index) => over[index] === false);
  // By the kind of email, not by its queue: in earlier versions the queue of campaigns had single messages too.
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

/** The admission of each email, as soon as it is known. */
const admissionsOf = (
  emails: readonly EmailToSend[],
  queue: EmailQueueName,
  account: SesAccount | 'busy',
  dependencies: SendDependencies,
  timeLeft: () => number,
): readonly (readonly [EmailToSend, Admission | Promise<Admission>])[] => {
  const all = (admission: Admission) => emails.map((email) => [email, admission] as const);
  // The send rate is not known yet. A failed batch would be received again only after minutes.
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

/** Whether the mailing of each is over, or the error of reading it. Each mailing is read once. */
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
