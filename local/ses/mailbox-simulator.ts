/**
 * How an address behaves that does not belong to a person: in the words of SES's mailbox simulator (SES Developer Guide,
 * send-an-email-from-console).
 */
export type Behaviour = 'success' | 'bounce' | 'ooto' | 'complaint' | 'suppressionlist';

const BEHAVIOURS: readonly string[] = [
  'success',
  'bounce',
  'ooto',
  'complaint',
  'suppressionlist',
] satisfies Behaviour[];

/**
 * What the mailbox simulator does with an address; `undefined` for any other address. Case is ignored and a label
 * (`bounce+anything@`) changes nothing. What the simulator does not know, it takes: as success.
 */
export const simulatorBehaviour = (address: string): Behaviour | undefined => {
  if (!isSimulatorAddress(address)) return undefined;
  const name = address.toLowerCase().split(/[+@]/)[0] ?? '';
  return BEHAVIOURS.includes(name) ? (name as Behaviour) : 'success';
};

/** Whether mail to this address stays with the mailbox simulator. */
export const isSimulatorAddress = (address: string): boolean =>
  address.toLowerCase().endsWith('@simulator.amazonses.com');
