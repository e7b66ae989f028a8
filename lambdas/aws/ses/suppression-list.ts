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

/** SES's account suppression list. Sending ignores case; these calls want the exact spelling (SES guide, sending-email-suppression-list). */
export type SesList = Readonly<{
  get: (spelling: string) => Promise<SesListEntry | undefined>;
  /** Adds the address or overwrites its reason. @throws InSandbox */
  put: (spelling: string, reason: SesReason) => Promise<void>;
  /** Takes the address off; one that is not there is fine. */
  remove: (spelling: string) => Promise<void>;
  /** @throws Error named InvalidNextTokenException on a token that SES does not take any more */
  page: (token: string | undefined) => Promise<SesListPage>;
}>;

/** The account may not change its list yet: SES refuses that until it has left the sandbox. */
export class InSandbox extends Error {
  override readonly name = 'InSandbox';
}

/** How the calls are made. The client must retry nothing by itself, or its retries would not keep the pace. */
export type SesCalls = Readonly<{
  client: Pick<SESv2Client, 'send'>;
  clock: Clock;
  pace: RateLimiter;
  /** Milliseconds left for all that is done. */
  timeLeft: () => number;
}>;

/** The most milliseconds SES gets for an answer. */
const PATIENCE = 8_000;
/** Milliseconds the first retry waits; each further one waits twice as long. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 16_000;

/** Makes the calls, at their pace. 429, 5xx and silence are tried again while there is time. */
export const sesList = ({ client, clock, pace, timeLeft }: SesCalls): SesList => {
  const call = async <Answer>(send: (options: { abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      await pace();
      try {
        return await send({ abortSignal: AbortSignal.timeout(PATIENCE) });
      } catch (error) {
        if (!mayPass(error) || timeLeft() < pause + 2 * PATIENCE) throw error;
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
        // How the sandbox refuses is not documented, so SES is asked.
        if (!mayPass(error) && (await inSandbox())) throw new InSandbox('SES refuses it to accounts in the sandbox');
        throw error;
      }
    },
    remove: async (spelling) => {
      const command = new DeleteSuppressedDestinationCommand({ EmailAddress: spelling });
      await call((options) => client.send(command, options)).catch(absent);
    },
    page: async (token) => {
      // 1,000 is the most SES gives at once.
      const command = new ListSuppressedDestinationsCommand({ PageSize: 1_000, NextToken: token });
      const { SuppressedDestinationSummaries = [], NextToken } = await call((options) => client.send(command, options));
      return { entries: SuppressedDestinationSummaries.map(entryOf), next: NextToken };
    },
  };
};

const absent = (error: unknown): undefined => {
  if (!(error instanceof NotFoundException)) throw error;
};

/** Whether the same call may well succeed later: SES was busy, or broken, or did not answer. */
const mayPass = (error: unknown): boolean => {
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status === 429 || status >= 500 || /Throttl|TooManyRequests/.test(name ?? '');
};

const entryOf = ({ EmailAddress, Reason, LastUpdateTime }: SuppressedDestinationSummary): SesListEntry => ({
  spelling: EmailAddress ?? '',
  // Of a reason SES may add one day nothing is known but that it is no complaint.
  reason: Reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
  at: (LastUpdateTime ?? new Date(0)).toISOString(),
});
