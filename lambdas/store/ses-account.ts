import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';

/** What SES takes from the account. */
export type SesAccount = Readonly<{
  /** Emails a second; 0 where it takes none at all. */
  maxSendRate: number;
  /** How many more it takes before some of those of the last 24 hours are older than that. */
  quotaLeft: number;
}>;

/**
 * The account as it was within the last minute; `busy` where it is not known yet, and SES was asked too often for it.
 * @throws whatever else the SDK throws, where it is not known for long
 */
export type AccountReader = () => Promise<SesAccount | 'busy'>;

/** Milliseconds for which what was read is used, and for which it is where it cannot be read anew. */
export const FRESH = 60_000;
export const TOLERATED = 600_000;

/** Its own client: GetAccount may be repeated, and is, since an account has one call a second of it (SES guide, quotas). */
export const connectAccount = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

/** @param now milliseconds since 1970 */
export const accountReader = (client: Pick<SESv2Client, 'send'>, now: () => number): AccountReader => {
  let known: Readonly<{ account: SesAccount; at: number }> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    // A clock that was set back is no reason to go by what is old.
    if (known !== undefined && at >= triedAt && at - triedAt < FRESH) return known.account;
    triedAt = at;
    try {
      known = { account: await read(client), at };
    } catch (error) {
      if (known === undefined || at - known.at > TOLERATED) {
        if (isBusy(error)) return 'busy';
        throw error;
      }
    }
    return known.account;
  };
};

/** Workers that begin at once share one call a second, and more of them come than the SDK's attempts make up for. */
const isBusy = (error: unknown): boolean => {
  const { name, $metadata } = error as Partial<{ name: string; $metadata: { httpStatusCode?: number } }>;
  return $metadata?.httpStatusCode === 429 || name === 'TooManyRequestsException' || name === 'ThrottlingException';
};

const read = async (client: Pick<SESv2Client, 'send'>): Promise<SesAccount> => {
  const { SendQuota, SendingEnabled, EnforcementStatus } = await client.send(new GetAccountCommand({}));
  const { Max24HourSend = 0, SentLast24Hours = 0, MaxSendRate = 0 } = SendQuota ?? {};
  const takesNone = SendingEnabled === false || EnforcementStatus === 'SHUTDOWN';
  return {
    maxSendRate: takesNone ? 0 : MaxSendRate,
    // -1 stands for no quota (API reference, SendQuota).
    quotaLeft: Max24HourSend < 0 ? Number.POSITIVE_INFINITY : Max24HourSend - SentLast24Hours,
  };
};
