import type { SenderIdentities } from '../../aws/ses/identities.ts';
import { invalid } from '../../http/problem.ts';
import { readMailbox } from '../email/mailbox.ts';

/** Checks the sender of a mailing. @throws Problem (400) if SES reports that its identity is not verified */
export const checkSender = async (identities: SenderIdentities, from: string, now: string): Promise<void> => {
  const address = readMailbox(from)?.address;
  if (address !== undefined && (await identities(address, Date.parse(now))) !== 'not verified') return;
  const message =
    'is not a verified identity at Amazon SES in this region: verify the address or its domain there first';
  throw invalid([{ parameter: 'from', message }]);
};
