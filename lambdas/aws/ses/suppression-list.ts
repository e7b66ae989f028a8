import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  type SESv2Client,
  type SuppressedDestinationSummary,
} from '@aws-sdk/client-sesv2';
import type { SesListEntry } from '../../domain/suppression/ses-list.ts';
import type { SesReason } from '../../domain/suppression/suppression.ts';
import type { Clock, RateLimiter } from './rate-limiter.ts';

/** A page of SES's list; without `next` it is the last. */
export type SesListPage = Readonly<{ entries: readonly SesListEntry[]; next: string | undefined }>;

/**
 * SES's account-level suppression list. Sending ignores case; these requests need the exact spelling (SES guide,
 * sending-email-suppression-list).
 */
export type SesList = Readonly<{
  get: (spelling: string) => Promise<SesListEntry | undefined>;
  /** Adds the address or overwrites its reason. @throws InSandbox */
  put: (spelling: string, reason: SesReason) => Promise<void>;
  /** Removes the address. No error if it is not on the list. */
  remove: (spelling: string) => Promise<void>;
  /** @throws Error named InvalidNextTokenException for a token that SES no longer accepts */
  page: (token: string | undefined) => Promise<SesListPage>;
}>;

/** Thrown because SES does not let an account in the sandbox change its list. */
export class InSandbox extends Error {
  override readonly name = 'InSandbox';
}

/** How requests are sent. The client must not retry by itself, because its retries would exceed the rate. */
export type SesCalls = Readonly<{
  client: Pick<SESv2Client, 'send'>;
  clock: Clock;
  pace: RateLimiter;
  /** Milliseconds left for all requests. */
  timeLeft: () => number;
}>;

/** Milliseconds: the timeout of an answer. */
const PATIENCE = 8_000;
/** Milliseconds before the first retry, doubled for each further one. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 16_000;

/** Sends the requests at their rate. 429, 5xx and timeouts are retried while there is time. */
export const sesList = ({ client, clock, pace, timeLeft }: SesCalls): SesList => {
  const call = async <Answer>(send: (options: { abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      await pace();
      try {
        return await send({ abortSignal: AbortSignal.timeout(PATIENCE) });
      } catch (error) {
        if (!isRetryable(error) || timeLeft() < pause + 2 * PATIENCE) throw error;
        await clock.sleep(pause);
      }
    }
  };

  const inSandbox = async (): Promise<boolean> =>
    (await call((options) => client.send(new GetAccountCommand({}), options))).ProductionAccessEnabled === false;

  return {
    get: async (spelling) => {
      const command = new GetSuppressedDestinationCommand({ EmailAddress: spelling });
      const found = await call((options) => client.send(command, options)).catch(absent);
      return found?.SuppressedDestination && entryOf(found.SuppressedDestination);
    },
    put: async (spelling, reason) => {
      const command = new PutSuppressedDestinationCommand({ EmailAddress: spelling, Reason: reason });
      try {
        await call((options) => client.send(command, options));
      } catch (error) {
        // The error for accounts in the sandbox is not documented, so GetAccount is read.
        if (!isRetryable(error) && (await inSandbox()))
          throw new InSandbox('SES rejects it for accounts in the sandbox');
        throw error;
      }
    },
    remove: async (spelling) => {
      const command = new DeleteSuppressedDestinationCommand({ EmailAddress: spelling });
      await call((options) => client.send(command, options)).catch(absent);
    },
    page: async (token) => {
      // SES returns at most 1,000 entries.
      const command = new ListSuppressedDestinationsCommand({ PageSize: 1_000, NextToken: token });
      const { SuppressedDestinationSummaries = [], NextToken } = await call((options) => client.send(command, options));
      return { entries: SuppressedDestinationSummaries.map(entryOf), next: NextToken };
    },
  };
};

const absent = (error: unknown): undefined => {
  if (!(error instanceof NotFoundException)) throw error;
};

/** Whether a retry may succeed: SES throttled, failed, or did not answer. */
const isRetryable = (error: unknown): boolean => {
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status === 429 || status >= 500 || /Throttl|TooManyRequests/.test(name ?? '');
};

const entryOf = ({ EmailAddress, Reason, LastUpdateTime }: SuppressedDestinationSummary): SesListEntry => ({
  spelling: EmailAddress ?? '',
  // Any other reason, also one that SES may add, is treated as a bounce.
  reason: Reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
  at: (LastUpdateTime ?? new Date(0)).toISOString(),
});
