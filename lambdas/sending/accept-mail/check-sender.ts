import type { SenderIdentities } from '../../aws/ses/identities.ts';
import { invalid } from '../../http/problem.ts';
import { readMailbox } from '../email/mailbox.ts';

/** @throws Problem (400) where SES would refuse to send from there, as far as SES could be asked */
export const checkSender = async (identities: SenderIdentities, from: string, now: string): Promise<void> => {
  const address = readMailbox(from)?.address;
  if (address !== undefined && (await identities(address, Date.parse(now))) !== 'not verified') return;
  const message =
    'is of no identity that is verified at Amazon SES in this region: verify the address or its domain there first';
  throw invalid([{ parameter: 'from', message }]);
};
