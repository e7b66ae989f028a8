import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { AccountReading, SharedAccount } from '../../domain/mailing/account-reading.ts';
import { MICROSECONDS, spacingOf } from '../../domain/mailing/send-rate.ts';

/** What SES takes from the account. */
export type SesAccount = Readonly<{
  /** Emails a second; 0 where it takes none at all. */
  maxSendRate: number;
  /** Emails in 24 hours; Infinity where there is no limit. */
  quota: number;
  /** How many more it takes before some of those of the last 24 hours are older than that. */
  quotaLeft: number;
  /** How many slots in the send rate had been used when that was read (send-slots.ts): what is used since then counts too. */
  placesUsed: number;
}>;
/** Of a worker that shares with none. */
const ALONE: SharedAccount = {
  read: async () => undefined,
  write: async () => {},
  claim: async () => true,
  used: async () => ({ slots: 0, next: 0 }),
};

/**
 * The account as it was within the last minute; `busy` where it is not known yet, and SES was asked too often for it.
 * @throws whatever else the SDK throws, where it is not known for long
 */
export type AccountReader = () => Promise<SesAccount | 'busy'>;

/** Milliseconds for which what was read is used, and for which it is where it cannot be read anew. */
export const ACCOUNT_FRESH_FOR = 60_000;
export const ACCOUNT_TOLERATED_FOR = 600_000;

/** Its own client: GetAccount may be repeated, and is, since an account has one call a second of it (SES guide, quotas). */
export const connectAccount = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

/**
 * @param now milliseconds since 1970
 * @param shared what other workers read is as good as what this one reads itself
 */
export const accountReader = (
  client: Pick<SESv2Client, 'send'>,
  now: () => number,
  shared: SharedAccount = ALONE,
): AccountReader => {
  let known: AccountReading | undefined;
  let lastLook = Number.NEGATIVE_INFINITY;
  let nextLook = Number.NEGATIVE_INFINITY;
  const newest = (others: AccountReading | undefined, at: number): AccountReading | undefined =>
    [others, known].filter((reading) => isWithin(reading, ACCOUNT_TOLERATED_FOR, at)).sort(newestFirst)[0];

  /** With when to look again. */
  const look = async (at: number): Promise<readonly [AccountReading, number]> => {
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
      // Of workers that begin at once one is answered, and tells the others.
      const reading = newest(await shared.read(), at);
      if (reading === undefined) throw error;
      return [reading, at + ACCOUNT_FRESH_FOR];
    }
  };

  return async () => {
    const at = now();
    // A clock that was set back is no reason to go by what is old.
    if (known !== undefined && at >= lastLook && at < nextLook) return accountOf(known);
    try {
      [known, nextLook] = await look(at);
      lastLook = at;
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

/** Milliseconds until the others look for what one of them is reading. */
const SOON = 3_000;

const isWithin = (reading: AccountReading | undefined, age: number, at: number): reading is AccountReading =>
  reading !== undefined && reading.readAt - at <= SKEW && at - reading.readAt <= age;

/** Slots that are still ahead were not used yet when the account was read. */
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

/** Workers that begin at once share one call a second, and more of them come than the SDK's attempts make up for. */
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
