import { NotFoundException, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { IDENTITY_FRESH_FOR, senderIdentities } from '../../../lambdas/aws/ses/identities.ts';
import { verifiedSenders } from '../../../lambdas/store/mailings/verified-senders.ts';
import { startSes } from '../../local/ses/ses-server.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

const ADDRESS = 'office@mail.club.example';
const EACH = ['mail.club.example', 'club.example'];
const REFUSED = 10_000;
const HOUR = 3_600_000;

describe.each(engines())('whether SES sends from an address, on $name', ({ endpoint }) => {
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let verified: Set<string>;
  /** Names of errors that the next calls fail with. */
  let failures: string[];
  let asked: string[];
  let paused: number;
  let reported: string[];
  const { client, documents } = clientOf(endpoint);
  beforeEach(async () => {
    tables = await makeTables(client);
    [verified, failures, asked, paused, reported] = [new Set(['club.example']), [], [], 0, []];
  });
  afterEach(() => tables.drop());

  const ses = {
    send: async ({ input }: { input: { EmailIdentity: string } }) => {
      const failure = failures.shift();
      const message = { $metadata: {}, message: failure ?? 'none' };
      if (failure === 'TooManyRequestsException') throw new TooManyRequestsException(message);
      if (failure !== undefined) throw Object.assign(new Error(failure), { name: failure });
      asked.push(input.EmailIdentity);
      if (!verified.has(input.EmailIdentity)) throw new NotFoundException(message);
      return { VerifiedForSendingStatus: true };
    },
  };
  /** A function that has just started, with only the cache in the table. */
  const cold = () =>
    senderIdentities(ses as never, verifiedSenders(documents, tables.mailings), {
      pause: async () => {
        paused += 1;
      },
      report: (error) => reported.push(error),
    });

  it('is checked for the domain and its parents before the address, and then by no function for an hour', async () => {
    const one = cold();
    expect(await one(ADDRESS, 0)).toBe('verified');
    expect(asked).toEqual(EACH);
    expect([await one(ADDRESS, IDENTITY_FRESH_FOR - 1), await cold()(ADDRESS, HOUR - 1)]).toEqual([
      'verified',
      'verified',
    ]);
    expect(asked).toEqual(EACH);
    expect(await cold()(ADDRESS, HOUR)).toBe('verified');
    expect(asked).toEqual([...EACH, ...EACH]);
  });

  it('is true for an address that is verified itself, and for one with a label by the address without it', async () => {
    verified = new Set(['Office@club.example']);

    expect(await cold()('Office@club.example', 0)).toBe('verified');
    expect(await cold()('Office+news@CLUB.example', 1)).toBe('verified');
    expect(await cold()('office@club.example', 2)).toBe('not verified');
    expect(asked).toEqual(['club.example', 'Office@club.example', 'club.example', 'office@club.example']);
  });

  it('is soon checked again if it does not, because it may have been set up', async () => {
    verified.clear();
    const one = cold();
    expect(await one(ADDRESS, 0)).toBe('not verified');
    verified.add(ADDRESS);

    expect(await one(ADDRESS, REFUSED - 1)).toBe('not verified');
    expect(await one(ADDRESS, REFUSED)).toBe('verified');
    expect(asked).toEqual([...EACH, ADDRESS, ...EACH, ADDRESS]);
  });

  it('is not known if SES stays busy, for which a request waits at most three times', async () => {
    failures = Array(10).fill('TooManyRequestsException');

    expect(await cold()(ADDRESS, 0)).toBe('not known');
    expect([paused, failures.length, reported]).toEqual([3, 6, []]);
  });

  it.each(['AccessDeniedException', 'TimeoutError', 'InternalFailure'])(
    'is not known where SES answers %s, of which the name is reported',
    async (name) => {
      failures = [name];

      expect(await cold()(ADDRESS, 0)).toBe('not known');
      expect([paused, asked, reported]).toEqual([0, [], [name]]);
    },
  );

  it('is known to all of twenty functions that start at the same time, though SES accepts one request a second', async () => {
    const simulated = await startSes();
    onTestFinished(simulated.stop);
    const remembered = verifiedSenders(documents, tables.mailings);
    const now = Date.now();
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, () => senderIdentities(simulated.client, remembered)('office@club.example', now)),
    );

    expect(new Set(verdicts)).toEqual(new Set(['verified']));
  });
});
