/**
 * The behavior of a simulator address, in the terms of SES's mailbox simulator (SES Developer Guide,
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
 * What the mailbox simulator does with an address; `undefined` for any other address. Case and a label
 * (`bounce+anything@`) are ignored. Unknown simulator addresses behave as `success`.
 */
export const simulatorBehaviour = (address: string): Behaviour | undefined => {
  if (!isSimulatorAddress(address)) return undefined;
  const name = address.toLowerCase().split(/[+@]/)[0] ?? '';
  return BEHAVIOURS.includes(name) ? (name as Behaviour) : 'success';
};

/** Whether an address belongs to the mailbox simulator. */
export const isSimulatorAddress = (address: string): boolean =>
  address.toLowerCase().endsWith('@simulator.amazonses.com');
