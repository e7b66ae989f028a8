import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';

/** Whether SES sends from an address, asked at `now` (milliseconds since 1970). */
export type SenderIdentities = (address: string, now: number) => Promise<boolean>;

/** Milliseconds an answer is used for: SES takes one such call a second for the whole account. */
export const FRESH = 5 * 60_000;

/** What was not found may just have been set up. */
const FRESH_REFUSAL = 10_000;

type Known = Readonly<{ isVerified: boolean; until: number }>;

/**
 * SES sends from an address that is verified itself, or whose domain is, or a domain above that (SES guide,
 * creating-identities: a verified domain covers its subdomains and addresses).
 */
export const senderIdentities = (client: Pick<SESv2Client, 'send'>): SenderIdentities => {
  const known = new Map<string, Known>();
  const isVerified = async (EmailIdentity: string): Promise<boolean> => {
    try {
      const { VerifiedForSendingStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
      return VerifiedForSendingStatus === true;
    } catch (error) {
      if (error instanceof NotFoundException) return false;
      throw error;
    }
  };
  const ask = async (identity: string, now: number): Promise<Known> => {
    const answer = await isVerified(identity);
    return { isVerified: answer, until: now + (answer ? FRESH : FRESH_REFUSAL) };
  };
  return async (address, now) => {
    const refused: string[] = [];
    for (const identity of identitiesOf(address)) {
      const before = known.get(identity);
      const answer = before !== undefined && before.until > now ? before : await ask(identity, now);
      known.set(identity, answer);
      if (!answer.isVerified) {
        refused.push(identity);
        continue;
      }
      // Nobody waits for these while a wider one is verified, and a club's senders mostly are by their domain.
      for (const narrower of refused) known.set(narrower, { isVerified: false, until: answer.until });
      return true;
    }
    return false;
  };
};

/** The address, its domain, and each domain above it that has two labels or more. */
const identitiesOf = (address: string): readonly string[] => {
  const labels = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
};
