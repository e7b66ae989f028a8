import { once } from 'node:events';
import { createServer } from 'node:net';
import { CannotStart } from '../process/cannot-start.ts';
import { freePort } from './free-port.ts';

/**
 * The port in MAILTRAIL_DYNAMODB_PORT, 1 to 65535; `undefined` where it is not set. 0 is refused: no variable is needed for
 * a free port.
 *
 * @throws CannotStart where it is no port
 */
export const readEnginePort = (given: string | undefined): number | undefined => {
  if (given === undefined || given === '') return undefined;
  if (/^[1-9]\d{0,4}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new CannotStart(`MAILTRAIL_DYNAMODB_PORT is "${given}": it must be a number from 1 to 65535, such as 8000.`);
};

/**
 * The port on 127.0.0.1 for an engine: the one that was chosen, else a free one. A chosen port is checked here, because
 * the engines report a taken one in words of their own, and after seconds.
 *
 * @throws CannotStart where the chosen port is taken or needs rights this process does not have
 */
export const enginePort = async (chosen: number | undefined): Promise<number> => {
  if (chosen === undefined) return freePort();
  const server = createServer().listen(chosen, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotStart(whyNot(chosen, (error as NodeJS.ErrnoException).code));
  }
  server.close();
  await once(server, 'close');
  return chosen;
};

const whyNot = (port: number, code: string | undefined): string =>
  code === 'EADDRINUSE'
    ? `port ${port} for DynamoDB is taken: stop what listens there, or choose another port with MAILTRAIL_DYNAMODB_PORT.`
    : `port ${port} for DynamoDB cannot be listened on (${code}): choose another port with MAILTRAIL_DYNAMODB_PORT.`;
