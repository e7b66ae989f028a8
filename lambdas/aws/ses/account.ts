import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { AccountReading, SharedAccount } from '../../domain/mailing/account-reading.ts';
import { MICROSECONDS, spacingOf } from '../../domain/mailing/send-rate.ts';

/** The sending limits of the account at SES. */
export type SesAccount = Readonly<{
  /** Emails a second; 0 if sending is disabled. */
  maxSendRate: number;
  /** Emails in 24 hours; Infinity if there is no limit. */
  quota: number;
  /** How many more emails SES accepts now, after those of the last 24 hours. */
  quotaLeft: number;
  /** How many send slots had been used when the account was read (store/mailings/send-slots.ts); later ones count too. */
  placesUsed: number;
}>;

/** For a worker that shares nothing with others. */
const ALONE: SharedAccount = {
  read: async () => undefined,
  write: async () => {},
  claim: async () => true,
  used: async () => ({ slots: 0, next: 0 }),
};

/**
 * Reads the account, at most a minute old; `busy` if it is not known yet and SES throttles the request.
 * @throws whatever else the SDK throws, if no reading is recent enough
 */
export type AccountReader = () => Promise<SesAccount | 'busy'>;

/** Milliseconds for which a reading is used, and for which it is used if the account cannot be read again. */
export const ACCOUNT_FRESH_FOR = 60_000;
export const ACCOUNT_TOLERATED_FOR = 600_000;

/** Creates a client for GetAccount, with retries: an account has one request a second of it (SES guide, quotas). */
export const connectAccount = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

/**
 * @param now milliseconds since 1970
 * @param shared the readings of all workers, which are used like this worker's own
 */
export const accountReader = (
  client: Pick<SESv2Client, 'send'>,
  now: () => number,
  shared: SharedAccount = ALONE,
): AccountReader => {
  let known: AccountReading | undefined;
  let lastReadAt = Number.NEGATIVE_INFINITY;
  let nextReadAt = Number.NEGATIVE_INFINITY;
  const newest = (others: AccountReading | undefined, at: number): AccountReading | undefined =>
    [others, known].filter((reading) => isWithin(reading, ACCOUNT_TOLERATED_FOR, at)).sort(newestFirst)[0];

  /** A reading, and the time of the next one. */
  const readAgain = async (at: number): Promise<readonly [AccountReading, number]> => {
    const others = await shared.read();
    if (isWithin(others, ACCOUNT_FRESH_FOR - 1, at)) return [others, others.readAt + ACCOUNT_FRESH_FOR];
    const stale = newest(others, at);
    if (stale !== undefined && !(await shared.claim(at))) return [stale, at + SOON];
    try {
      const used = await shared.used();
      const account = await getAccount(client);
      const reading = { ...account, readAt: at, placesUsed: placesUsed(used, account.maxSendRate, at) };
      await shared.write(reading);
      return [reading, at + ACCOUNT_FRESH_FOR];
    } catch (error) {
      // Of workers that start at the same time, one gets an answer, and shares it.
      const reading = newest(await shared.read(), at);
      if (reading === undefined) throw error;
      return [reading, at + ACCOUNT_FRESH_FOR];
    }
  };

  return async () => {
    const at = now();
    // If the clock was set back, the account is read again.
    if (known !== undefined && at >= lastReadAt && at < nextReadAt) return accountOf(known);
    try {
      [known, nextReadAt] = await readAgain(at);
      lastReadAt = at;
      return accountOf(known);
    } catch (error) {
      known = undefined;
      if (isBusy(error)) return 'busy';
      throw error;
    }
  };
};

/** Milliseconds by which the clocks of two workers may differ. */
const SKEW = 5_000;

/** Milliseconds until the others check for the reading of the worker that claimed it. */
const SOON = 3_000;

const isWithin = (reading: AccountReading | undefined, age: number, at: number): reading is AccountReading =>
  reading !== undefined && reading.readAt - at <= SKEW && at - reading.readAt <= age;

/** Slots in the future had not been used when the account was read. */
const placesUsed = ({ slots, next }: Awaited<ReturnType<SharedAccount['used']>>, rate: number, at: number): number => {
  if (rate <= 0) return slots;
  const ahead = Math.ceil(Math.max(0, next - at * MICROSECONDS) / spacingOf(rate));
  return Math.max(0, slots - ahead);
};

const newestFirst = (one: AccountReading | undefined, other: AccountReading | undefined): number =>
  (other?.readAt ?? 0) - (one?.readAt ?? 0);

const accountOf = ({ maxSendRate, max24HourSend, sentLast24Hours, placesUsed }: AccountReading): SesAccount => ({
  maxSendRate,
  quota: max24HourSend < 0 ? Number.POSITIVE_INFINITY : max24HourSend,
  quotaLeft: max24HourSend < 0 ? Number.POSITIVE_INFINITY : max24HourSend - sentLast24Hours,
  placesUsed,
});

/**
 * Workers that start at the same time share one request a second, and there may be more of them than the SDK's retries
 * can serve.
 */
const isBusy = (error: unknown): boolean => {
  const { name, $metadata } = error as Partial<{ name: string; $metadata: { httpStatusCode?: number } }>;
  return $metadata?.httpStatusCode === 429 || name === 'TooManyRequestsException' || name === 'ThrottlingException';
};

const getAccount = async (client: Pick<SESv2Client, 'send'>) => {
  const { SendQuota, SendingEnabled, EnforcementStatus } = await client.send(new GetAccountCommand({}));
  const { Max24HourSend = 0, SentLast24Hours = 0, MaxSendRate = 0 } = SendQuota ?? {};
  const takesNone = SendingEnabled === false || EnforcementStatus === 'SHUTDOWN';
  return {
    maxSendRate: takesNone ? 0 : MaxSendRate,
    ...{ max24HourSend: Max24HourSend, sentLast24Hours: SentLast24Hours },
  };
};
