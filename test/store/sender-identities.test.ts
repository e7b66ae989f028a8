import { NotFoundException } from '@aws-sdk/client-sesv2';
import { beforeEach, describe, expect, it } from 'vitest';
import { FRESH, senderIdentities } from '../../lambdas/store/sender-identities.ts';

const ADDRESS = 'office@mail.club.example';
const EACH = [ADDRESS, 'mail.club.example', 'club.example'];
const REFUSED = 10_000;

describe('whether SES sends from an address', () => {
  let verified: Set<string>;
  let asked: string[];
  let identities: ReturnType<typeof senderIdentities>;
  beforeEach(() => {
    verified = new Set(['club.example']);
    asked = [];
    identities = senderIdentities({
      send: async ({ input }: { input: { EmailIdentity: string } }) => {
        asked.push(input.EmailIdentity);
        if (!verified.has(input.EmailIdentity)) throw new NotFoundException({ $metadata: {}, message: 'none' });
        return { VerifiedForSendingStatus: true };
      },
    } as never);
  });

  it('is asked once for as long as the answer is fresh, though it is a domain above that is verified', async () => {
    for (let now = 0; now < FRESH; now += REFUSED) expect(await identities(ADDRESS, now)).toBe(true);
    expect(asked).toEqual(EACH);
    expect(await identities(ADDRESS, FRESH)).toBe(true);
    expect(asked).toEqual([...EACH, ...EACH]);
  });

  it('is asked anew soon where it does not: it may just have been set up', async () => {
    verified.clear();
    expect(await identities(ADDRESS, 0)).toBe(false);
    verified.add(ADDRESS);

    expect(await identities(ADDRESS, REFUSED - 1)).toBe(false);
    expect(await identities(ADDRESS, REFUSED)).toBe(true);
    expect(asked).toEqual([...EACH, ADDRESS]);
  });

  it('is not known for longer than of the domain that was verified', async () => {
    await identities('info@club.example', 0);
    await identities(ADDRESS, FRESH - REFUSED);
    verified = new Set([ADDRESS]);

    expect(await identities(ADDRESS, FRESH)).toBe(true);
  });
});
