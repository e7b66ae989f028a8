import { setTimeout as wait } from 'node:timers/promises';
import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { VerifiedSenders } from '../../domain/mailing/verified-senders.ts';
import { errorName } from '../../runtime/error-name.ts';

/** Whether SES sends from an address; `not known` if SES did not answer. */
export type SenderVerdict = 'verified' | 'not verified' | 'not known';

/** Checks an address at `now` (milliseconds since 1970). */
export type SenderIdentities = (address: string, now: number) => Promise<SenderVerdict>;

/** Milliseconds for which a function uses an answer without reading the table. */
export const IDENTITY_FRESH_FOR = 5 * 60_000;

/** Milliseconds. Shorter, because an identity that is not verified may be set up at any time. */
const NOT_VERIFIED_FRESH_FOR = 10_000;

/**
 * How often a request waits for SES, which accepts one GetEmailIdentity request a second for the whole account (SES guide,
 * quotas). An address, its domain and one parent domain are three identities to check.
 */
const MOST_PAUSES = 3;
const PAUSE = 1_100;

export type Asking = Readonly<{
  /** Resolves after this many milliseconds. */
  pause?: (milliseconds: number) => Promise<unknown>;
  /** Called with the name of an error that SES returned. */
  report?: (error: string) => void;
}>;

/**
 * SES sends from an address that is verified itself, or whose domain or a parent domain is; a verified address also
 * covers itself with a label (SES guide, creating-identities). Domains are checked first, since most senders are verified
 * by their domain. Verified identities are cached in the table, for all functions.
 *
 * This check never prevents mail from being accepted if SES is busy or unavailable: SES then rejects it when it is sent.
 * @param client without retries: a retry within a second only takes the request of another function
 */
export const senderIdentities = (
  client: Pick<SESv2Client, 'send'>,
  remembered: VerifiedSenders,
  { pause = wait, report = () => {} }: Asking = {},
): SenderIdentities => {
  const known = new Map<string, Readonly<{ isVerified: boolean; until: number }>>();
  const isFresh = (identity: string, isVerified: boolean, now: number): boolean => {
    const one = known.get(identity);
    return one !== undefined && one.isVerified === isVerified && one.until > now;
  };
  const isRemembered = async (identities: readonly string[], now: number): Promise<boolean> => {
    const found = await remembered.find(identities, now);
    for (const identity of found) known.set(identity, { isVerified: true, until: now + IDENTITY_FRESH_FOR });
    return found.length > 0;
  };
  const ask = async (EmailIdentity: string): Promise<SenderVerdict | 'busy'> => {
    try {
      const { VerifiedForSendingStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
      return VerifiedForSendingStatus === true ? 'verified' : 'not verified';
    } catch (error) {
      if (error instanceof NotFoundException) return 'not verified';
      if (isThrottling(error)) return 'busy';
      report(errorName(error));
      return 'not known';
    }
  };
  return async (address, now) => {
    const identities = identitiesOf(address);
    if (identities.some((identity) => isFresh(identity, true, now))) return 'verified';
    if (await isRemembered(identities, now)) return 'verified';
    let pauses = 0;
    const left = identities.filter((identity) => !isFresh(identity, false, now));
    for (let [identity] = left; identity !== undefined; [identity] = left) {
      const verdict = await ask(identity);
      if (verdict === 'verified') {
        known.set(identity, { isVerified: true, until: now + IDENTITY_FRESH_FOR });
        await remembered.add(identity, now);
        return 'verified';
      }
      if (verdict === 'not known' || (verdict === 'busy' && pauses++ === MOST_PAUSES)) return 'not known';
      if (verdict === 'not verified') {
        known.set(identity, { isVerified: false, until: now + NOT_VERIFIED_FRESH_FOR });
        left.shift();
        continue;
      }
      // Spread over the waiting requests. Another function may have stored an answer meanwhile.
      await pause(PAUSE * (1 + Math.random() / 2));
      if (await isRemembered(identities, now)) return 'verified';
    }
    return 'not verified';
  };
};

/** The names of throttling errors in SES's API, in its guide and in its older API (manage-sending-quotas-errors). */
const isThrottling = (error: unknown): boolean =>
  error instanceof Error &&
  (['TooManyRequestsException', 'ThrottlingException', 'Throttling'].includes(error.name) ||
    (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 429);

/** The domain, each parent domain that has two labels or more, the address without its label, and the address. */
const identitiesOf = (address: string): readonly string[] => {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  const labels = domain.split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  const unlabelled = local.replace(/(?<=.)\+.*$/s, '');
  return [...new Set([...domains, `${unlabelled}@${domain}`, `${local}@${domain}`])];
};
