import type { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACCOUNT_FRESH_FOR, ACCOUNT_TOLERATED_FOR, accountReader } from '../../../lambdas/aws/ses/account.ts';
import { type SendSlots, sendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import { sharedAccount } from '../../../lambdas/store/mailings/shared-account.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

describe('the account', () => {
  const healthy = {
    SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 20_000, MaxSendRate: 14 },
    ...{ SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
  };
  let now = 0;
  /** A client that returns these answers in turn, and fails if there are none. */
  const answering = (...answers: readonly object[]) => {
    const left = [...answers];
    const send = vi.fn(async (_: GetAccountCommand) => left.shift() ?? Promise.reject(new Error('no answer')));
    return { read: accountReader({ send } as never, () => now), send };
  };

  it.each<[string, object, object]>([
    ['as it usually is', {}, { maxSendRate: 14, quota: 50_000, quotaLeft: 30_000, placesUsed: 0 }],
    [
      'without a quota',
      { SendQuota: { Max24HourSend: -1, SentLast24Hours: 7, MaxSendRate: 14 } },
      { maxSendRate: 14, quota: Number.POSITIVE_INFINITY, quotaLeft: Number.POSITIVE_INFINITY },
    ],
    [
      'with its quota used up',
      { SendQuota: { Max24HourSend: 200, SentLast24Hours: 201, MaxSendRate: 1 } },
      { maxSendRate: 1, quotaLeft: -1 },
    ],
    ['paused', { SendingEnabled: false }, { maxSendRate: 0, quotaLeft: 30_000 }],
    ['shut down', { EnforcementStatus: 'SHUTDOWN' }, { maxSendRate: 0, quotaLeft: 30_000 }],
    ['under review', { EnforcementStatus: 'PROBATION' }, { maxSendRate: 14, quotaLeft: 30_000 }],
    ['of which SES says nothing', { SendQuota: undefined }, { maxSendRate: 0, quotaLeft: 0 }],
  ])('%s', async (_, over, account) => {
    expect(await answering({ ...healthy, ...over }).read()).toMatchObject(account);
  });

  it('is busy if it is not known and SES throttles, and is requested again next time', async () => {
    const tooMany = Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
    const send = vi.fn().mockRejectedValueOnce(tooMany).mockResolvedValueOnce(healthy);
    const read = accountReader({ send } as never, () => now);

    expect([await read(), await read()]).toMatchObject(['busy', { maxSendRate: 14, quotaLeft: 30_000 }]);
  });

  it('is read once a minute', async () => {
    const { read, send } = answering(healthy, { ...healthy, SendingEnabled: false });
    await read();
    now += ACCOUNT_FRESH_FOR - 1;
    await read();
    expect(send).toHaveBeenCalledTimes(1);

    now += 1;
    expect(await read()).toMatchObject({ maxSendRate: 0 });
  });

  it('is used for ten minutes if it cannot be read, and requested once a minute', async () => {
    const { read, send } = answering(healthy);
    await read();
    now += ACCOUNT_TOLERATED_FOR;
    expect([await read(), await read()]).toMatchObject([
      { maxSendRate: 14, quotaLeft: 30_000 },
      { maxSendRate: 14, quotaLeft: 30_000 },
    ]);
    expect(send).toHaveBeenCalledTimes(2);

    now += ACCOUNT_FRESH_FOR;
    await expect(read()).rejects.toThrow('no answer');
  });
});

describe.each(engines())('the account, as workers read it together on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  const START = Date.parse('2026-11-24T10:00:00.000Z');
  let now = START;
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let rate: SendSlots;
  let calls = 0;
  let answer: () => object;
  beforeAll(async () => {
    tables = await makeTables(client);
    rate = sendSlots(documents, tables.mailings);
  });
  afterAll(() => tables.drop());

  const account = (SentLast24Hours = 0) => ({
    ...{ SendingEnabled: true, SendQuota: { Max24HourSend: 50_000, SentLast24Hours, MaxSendRate: 14 } },
  });
  const tooMany = () => {
    throw Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
  };
  const ses = {
    send: async () => {
      calls += 1;
      return answer();
    },
  };
  const worker = () =>
    accountReader(ses as never, () => now, { ...sharedAccount(documents, tables.mailings), used: rate.used });

  it('is read by one of them a minute, and by the next if that one died', async () => {
    answer = account;
    const workers = [worker(), worker(), worker(), worker()];
    for (const read of workers) expect(await read()).toMatchObject({ maxSendRate: 14 });
    expect(calls).toBe(1);

    now += ACCOUNT_FRESH_FOR;
    answer = () => account(100);
    const told = await Promise.all(workers.map((read) => read()));
    expect(calls).toBe(2);
    now += 5_000;
    for (const read of workers) expect(await read()).toMatchObject({ quotaLeft: 49_900 });
    expect(told.filter((one) => one !== 'busy' && one.quotaLeft === 49_900)).not.toHaveLength(0);

    now += ACCOUNT_FRESH_FOR;
    expect(await sharedAccount(documents, tables.mailings).claim(now)).toBe(true);
    expect([await worker()(), calls]).toMatchObject([{ quotaLeft: 49_900 }, 2]);
    now += 30_000;
    expect([await worker()(), calls]).toMatchObject([{ quotaLeft: 49_900 }, 3]);
  });

  // SES answers one request a second: the others would not have the send rate for half a minute.
  it('is known to all that start at the same time, although SES answers only one', async () => {
    now += 86_400_000;
    calls = 0;
    answer = () => (calls === 1 ? account() : tooMany());

    const told = await Promise.all(Array.from({ length: 8 }, () => worker()()));
    const again = await Promise.all(told.map((one) => (one === 'busy' ? worker()() : one)));

    expect(again.filter((one) => one === 'busy')).toEqual([]);
  });

  it('includes the slots used by then, without those in the future', async () => {
    now += 86_400_000;
    answer = account;
    const before = (await rate.used()).slots;
    const from = now * 1_000;
    await rate.take({ count: 10, spacing: 75_188, from, until: from + 20_000_000 });
    await rate.take({ count: 10, spacing: 75_188, from, until: from + 20_000_000 });
    now += 1_000;

    // A second, of which the last slot is in use: 13 of 20.
    expect(await worker()()).toMatchObject({ placesUsed: before + 13 });
  });
});
