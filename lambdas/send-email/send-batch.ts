import type { Allowance } from '../store/allowance.ts';
import type { EmailToSend } from '../store/emails-to-send.ts';
import type { AccountReader } from '../store/ses-account.ts';
import { type Attending, attend, type Occasion } from './attend.ts';
import type { Came } from './came.ts';
import { isOver } from './look.ts';
import { rateOf } from './rate.ts';

export type SendDependencies = Attending & Readonly<{ account: AccountReader; allowance: Allowance }>;

/**
 * Sends a batch: takes a place in the send rate for each email that may still be sent, and then attends to all of them at
 * once, each at its place. What came of each is in their order; a rejected one comes again.
 * @param timeLeft milliseconds until the function is ended
 * @throws whatever the SDK throws where nothing is known of the account, or of the rate
 */
export const sendBatch = async (
  batch: readonly EmailToSend[],
  dependencies: SendDependencies,
  timeLeft: () => number,
): Promise<readonly PromiseSettledResult<Came>[]> => {
  const account = await dependencies.account();
  const over = await areOver(batch, dependencies);
  const due = batch.filter((_, index) => over[index] === false);
  const occasions = async (): Promise<(email: EmailToSend) => Occasion> => {
    // It is not known yet how fast to send; a failed batch would come again only after minutes.
    if (account === 'busy') return () => 'crowded';
    if (account.maxSendRate <= 0) return () => 'paused';
    if (account.quotaLeft <= 0) return () => 'depleted';
    const rate = rateOf(dependencies, account, timeLeft);
    const places = await rate.take(due.length);
    return (email) => {
      const place = places[due.indexOf(email)];
      return place === undefined ? 'crowded' : { place, hasTime: rate.hasTime };
    };
  };
  const occasionOf = await occasions();
  return Promise.allSettled(
    batch.map(async (email, index) => {
      const isOver = over[index];
      if (typeof isOver !== 'boolean') throw isOver;
      return attend(email, isOver ? 'over' : occasionOf(email), dependencies);
    }),
  );
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
