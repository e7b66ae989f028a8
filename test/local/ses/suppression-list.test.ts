import {
  BadRequestException,
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  InvalidNextTokenException,
  ListSuppressedDestinationsCommand,
  type ListSuppressedDestinationsCommandInput,
  NotFoundException,
  PutSuppressedDestinationCommand,
  paginateListSuppressedDestinations,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSes } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-11-24T10:00:00.250Z');
  ses = await startSes({ clock: () => now });
});
afterEach(() => ses.stop());

const put = (EmailAddress: string, Reason: SuppressionListReason = 'BOUNCE') =>
  ses.client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
const get = async (EmailAddress: string) =>
  (await ses.client.send(new GetSuppressedDestinationCommand({ EmailAddress }))).SuppressedDestination;
const remove = (EmailAddress: string) => ses.client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
const list = (input: ListSuppressedDestinationsCommandInput = {}) =>
  ses.client.send(new ListSuppressedDestinationsCommand(input));
const addresses = async (input: ListSuppressedDestinationsCommandInput = {}) =>
  (await list(input)).SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress);

describe('the operations of the suppression list', () => {
  it('keep an address with its reason and time', async () => {
    await put('ann@example.com', 'COMPLAINT');

    expect(await get('ann@example.com')).toEqual({
      EmailAddress: 'ann@example.com',
      Reason: 'COMPLAINT',
      LastUpdateTime: new Date(now),
    });
  });

  it('overwrite an existing reason', async () => {
    await put('ann@example.com', 'COMPLAINT');
    await put('ann@example.com', 'BOUNCE');

    expect(await get('ann@example.com')).toMatchObject({ Reason: 'BOUNCE' });
    expect(await addresses()).toEqual(['ann@example.com']);
  });

  it('keep the local part’s case and lower-case the domain', async () => {
    await put('Foo@EXAMPLE.com');
    await put('foo@example.com');

    expect(await addresses()).toEqual(['Foo@example.com', 'foo@example.com']);
    expect(await get('Foo@Example.COM')).toMatchObject({ EmailAddress: 'Foo@example.com' });
    await expect(get('FOO@example.com')).rejects.toThrow(NotFoundException);
  });

  it('accept plus signs, slashes and percent signs in a path', async () => {
    for (const address of ['a+b@example.com', 'a/b@example.com', 'a%2Bb@example.com']) {
      await put(address);

      expect(await get(address)).toMatchObject({ EmailAddress: address });
    }
  });

  it('reject getting or deleting an unknown address', async () => {
    await put('ann@example.com');
    await remove('ann@example.com');

    await expect(get('ann@example.com')).rejects.toThrow(NotFoundException);
    await expect(remove('ann@example.com')).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
      message: 'Email address ann@example.com does not exist on your suppression list.',
    });
  });

  it('reject an unknown reason and an invalid address', async () => {
    await expect(put('ann@example.com', 'UNSUBSCRIBE' as SuppressionListReason)).rejects.toThrow(BadRequestException);
    await expect(put('ann')).rejects.toThrow(BadRequestException);
  });

  it('list by reason and by time', async () => {
    await put('a@example.com', 'BOUNCE');
    now += 1000;
    await put('b@example.com', 'COMPLAINT');
    now += 1000;
    await put('c@example.com', 'BOUNCE');

    expect(await addresses({ Reasons: ['BOUNCE'] })).toEqual(['a@example.com', 'c@example.com']);
    expect(await addresses({ Reasons: ['BOUNCE', 'COMPLAINT'] })).toHaveLength(3);
    expect(await addresses({ StartDate: new Date(now - 1500) })).toEqual(['b@example.com', 'c@example.com']);
    expect(await addresses({ EndDate: new Date(now - 500) })).toEqual(['a@example.com', 'b@example.com']);
  });

  it('page without repeating or omitting entries', async () => {
    const all = ['e', 'd', 'c', 'b', 'a'].map((name) => `${name}@example.com`);
    for (const address of all) await put(address);
    const seen: unknown[] = [];
    for await (const { SuppressedDestinationSummaries } of paginateListSuppressedDestinations(
      { client: ses.client, pageSize: 2 },
      {},
    )) {
      expect(SuppressedDestinationSummaries?.length).toBeLessThanOrEqual(2);
      seen.push(...(SuppressedDestinationSummaries ?? []).map(({ EmailAddress }) => EmailAddress));
    }

    expect(seen.toSorted()).toEqual(all.toSorted());
  });

  it('reject a page token with other filters, or an invalid one', async () => {
    for (const name of ['a', 'b']) await put(`${name}@example.com`);
    const { NextToken } = await list({ PageSize: 1 });

    await expect(list({ NextToken: String(NextToken), Reasons: ['BOUNCE'] })).rejects.toThrow(
      InvalidNextTokenException,
    );
    await expect(list({ NextToken: 'nonsense' })).rejects.toThrow(InvalidNextTokenException);
    await expect(list({ PageSize: 1001 })).rejects.toThrow(BadRequestException);
  });
});
