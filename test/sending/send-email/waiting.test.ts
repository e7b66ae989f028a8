import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { partKey, RATE, SEND_SLOTS } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW } from './sender.ts';
import { senderSetUp } from './sender-set-up.ts';

describe.each(engines())('an email that has to wait, on $name', ({ endpoint }) => {
  const setUp = senderSetUp(endpoint);
  const { accept } = setUp;

  it('is throttled if SES throttles, and is retried after growing delays', async () => {
    const work = await accept();
    setUp.on.outcomes.push({ is: 'throttled' }, { is: 'throttled' });

    await setUp.on.work([work]);
    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', rank: 50 });
    expect(row).not.toHaveProperty('wakeAt');
    await setUp.on.work([{ ...work, attempt: 1 }]);
    expect(setUp.on.putBack).toEqual([
      { email: { ...work, attempt: 1 }, delaySeconds: 8 },
      { email: { ...work, attempt: 2 }, delaySeconds: 15 },
    ]);

    await setUp.on.work([{ ...work, attempt: 2 }]);
    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'sent' });
  });

  it.each([
    ['a single message', 19.99, '~single'],
    ['a campaign, which waits for 20 seconds itself', 50, 'october'],
  ])('is throttled without a request to SES if others use the rate: %s', async (_, seconds, mailingId) => {
    const of = mailing({ mailingId });
    await setUp.on.put(of);
    const works = await Promise.all(Array.from({ length: 10 }, () => accept({ of })));
    const nextPlaceAt = (setUp.on.clock.now() + 1_000 * seconds) * 1_000;
    const Item = { ...partKey(RATE, SEND_SLOTS), nextPlaceAt, placesTaken: 0 };
    await setUp.on.documents.send(new PutCommand({ TableName: setUp.on.tables.mailings, Item }));
    setUp.on.account.maxSendRate = 1;

    await setUp.on.work(works);

    expect(setUp.on.sent).toEqual([]);
    for (const { messageId } of works) expect(await setUp.on.row(messageId)).toMatchObject({ status: 'throttled' });
    expect(setUp.on.putBack).toHaveLength(10);
    setUp.on.clock.move(120_000);
  });

  it('is throttled and retried although the answer of the write was lost, and the SDK repeated it', async () => {
    const { emails } = setUp.on.dependencies;
    const throttle: typeof emails.throttle = async (...given) => {
      await emails.throttle(...given);
      return emails.throttle(...given);
    };
    const work = await accept();

    await setUp.on.work([work], { emails: { ...emails, throttle } }, 18_000);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(setUp.on.putBack).toHaveLength(1);
  });

  it('is throttled if there is quota again and the rate is used up, so that no sweep queues it too', async () => {
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await setUp.on.work([work], {}, 18_000);

    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', depletedSince: NOW });
    for (const gone of ['wakeAt', 'wakeShard']) expect(row).not.toHaveProperty(gone);
    expect(setUp.on.putBack).toHaveLength(1);
  });

  it('is depleted if SES reports that the quota is used up, with the time of the next check', async () => {
    setUp.on.outcomes.push({ is: 'depleted' });
    const work = await accept();

    await setUp.on.work([work]);

    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'depleted', rank: 55, wakeShard: expect.stringMatching(/^[0-7]$/) });
    expect(row?.depletedSince).toBe(row?.statusAt);
    expect(Date.parse(row?.wakeAt) - Date.parse(row?.statusAt)).toBe(900_000);
    expect(setUp.on.putBack).toEqual([]);
  });

  it('is depleted without a request to SES if the account has no quota left, and sent once it has', async () => {
    setUp.on.account.quotaLeft = 0;
    const work = await accept();

    await setUp.on.work([work]);
    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'depleted', depletedSince: expect.any(String) });
    expect(setUp.on.sent).toEqual([]);

    Object.assign(setUp.on.account, { quotaLeft: 1, placesUsed: (await setUp.on.slots.used()).slots });
    await setUp.on.work([work]);
    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'sent' });
    expect(row).not.toHaveProperty('depletedSince');
  });

  it('is not written again while it is known to be depleted', async () => {
    setUp.on.account.quotaLeft = 0;
    const work = await accept();
    await setUp.on.work([work]);
    const before = setUp.on.requests.filter((name) => name === 'UpdateItemCommand').length;

    await setUp.on.work([work]);

    expect(setUp.on.requests.filter((name) => name === 'UpdateItemCommand')).toHaveLength(before);
  });

  it('expires if there is no quota for 24 hours, counted from when it was first missing', async () => {
    const hoursAgo = (hours: number) => new Date(setUp.on.clock.now() - hours * 3_600_000).toISOString();
    const [late, still] = [
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(24), wakeAt: NOW, wakeShard: '1' } }),
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(23), wakeAt: NOW, wakeShard: '1' } }),
    ];
    setUp.on.account.quotaLeft = 0;

    await setUp.on.work([late, still]);

    const expired = await setUp.on.row(late.messageId);
    expect(expired).toMatchObject({ status: 'expired', rank: 75, reason: expect.stringContaining('quota') });
    for (const gone of ['values', 'wakeAt', 'wakeShard', 'depletedSince']) expect(expired).not.toHaveProperty(gone);
    expect(await setUp.on.row(still.messageId)).toMatchObject({ status: 'depleted', depletedSince: hoursAgo(23) });
  });

  it('stays queued without a request to SES while the account is paused, with a metric for the alarm', async () => {
    setUp.on.account.maxSendRate = 0;
    const work = await accept();

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'queued', statusAt: NOW });
    expect(setUp.on.putBack).toEqual([{ email: work, delaySeconds: 675 }]);
    expect(setUp.on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
    expect(setUp.on.sent).toEqual([]);
  });

  it('stays depleted while the account is paused: each sweep queues it again', async () => {
    setUp.on.account.maxSendRate = 0;
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'depleted', wakeAt: NOW, statusAt: NOW });
    expect(setUp.on.putBack).toEqual([]);
    expect(setUp.on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
  });

  it('that was depleted is queued and put back if SES rejects the request because the account is paused', async () => {
    setUp.on.outcomes.push({ is: 'held', cause: 'SendingPausedException' });
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'queued' });
    expect(setUp.on.putBack).toHaveLength(1);
  });

  it('is throttled, and retried in seconds, if SES throttles the request for the account', async () => {
    const work = await accept();

    expect(await setUp.on.work([work], { account: async () => 'busy' })).toEqual([]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(setUp.on.putBack).toEqual([{ email: { ...work, attempt: 1 }, delaySeconds: 8 }]);
  });

  it('is received again if the account is not known, without a claim', async () => {
    const work = await accept();
    const account = () => Promise.reject(new Error('GetAccount failed'));

    expect(await setUp.on.work([work], { account })).toEqual(['r0']);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'queued' });
  });

  it('is not claimed if the function has too little time left for a request', async () => {
    const work = await accept();

    await setUp.on.work([work], {}, 18_000);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect([setUp.on.sent, setUp.on.putBack.length]).toEqual([[], 1]);
  });
});
