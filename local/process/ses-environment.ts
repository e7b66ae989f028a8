import type { SesSettings } from '../ses/settings.ts';
import { CannotStart } from './cannot-start.ts';

/**
 * The settings of the simulated SES in this process's environment.
 *
 * @throws CannotStart on an invalid variable
 */
export const sesSettings = (environment: NodeJS.ProcessEnv): Partial<SesSettings> => {
  const identities = (environment.MAILTRAIL_SES_IDENTITIES ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const rate = readNumber('MAILTRAIL_SES_RATE', environment.MAILTRAIL_SES_RATE);
  const quota = readNumber('MAILTRAIL_SES_QUOTA', environment.MAILTRAIL_SES_QUOTA);
  return {
    ...(identities.length > 0 && { identities: Object.fromEntries(identities.map((name) => [name, true])) }),
    ...(rate !== undefined && { maxSendRate: rate }),
    ...(quota !== undefined && { max24HourSend: quota }),
  };
};

const readNumber = (name: string, given: string | undefined): number | undefined => {
  if (given === undefined || given === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new CannotStart(`${name} is "${given}": it must be a whole number above 0, such as 14.`);
};
