import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partKey, RATE, SEND_SLOTS } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';

describe.each(engines())('an email that has to wait, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let email = 0;
  /** Another email each time, to the same address. */
  const accept = (over: Parameters<TestedSender['accept']>[1] = {}) =>
    on.accept('ann@example.com', { messageId: `email-${email++}`, ...over });

  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  beforeEach(() => on.forget());
  afterAll(() => on.drop());

  it('is throttled where SES says so, and comes again after a while, later each time', async () => {
    const work = await accept();
    on.outcomes.push({ is: 'throttled' }, { is: 'throttled' });

    await on.work([work]);
    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', rank: 50 });
    expect(row).not.toHaveProperty('wakeAt');
    await on.work([{ ...work, attempt: 1 }]);
    expect(on.putBack).toEqual([
      { email: { ...work, attempt: 1 }, delaySeconds: 8 },
      { email: { ...work, attempt: 2 }, delaySeconds: 15 },
    ]);

    await on.work([{ ...work, attempt: 2 }]);
    expect(await on.row(work.messageId)).toMatchObject({ status: 'sent' });
  });

  it.each([
    ['a single message', 19.99, '~single'],
    ['a campaign, which waits for 20 seconds itself', 50, 'october'],
  ])('is throttled without asking SES where others have taken the rate: %s', async (_, seconds, mailingId) => {
    const of = mailing({ mailingId });
    await on.put(of);
    const works = await Promise.all(Array.from({ length: 10 }, () => accept({ of })));
    const nextPlaceAt = (on.clock.now() + 1_000 * seconds) * 1_000;
    const Item = { ...partKey(RATE, SEND_SLOTS), nextPlaceAt, placesTaken: 0 };
    await on.documents.send(new PutCommand({ TableName: on.tables.mailings, Item }));
    on.account.maxSendRate = 1;

    await on.work(works);

    expect(on.sent).toEqual([]);
    for (const { messageId } of works) expect(await on.row(messageId)).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toHaveLength(10);
    on.clock.move(120_000);
  });

  it('is throttled and comes again although the answer to that was lost, and the SDK asked twice', async () => {
    const { emails } = on.dependencies;
    const throttle: typeof emails.throttle = async (...given) => {
      await emails.throttle(...given);
      return emails.throttle(...given);
    };
    const work = await accept();

    await on.work([work], { emails: { ...emails, throttle } }, 18_000);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toHaveLength(1);
  });

  it('is throttled where the quota is back and the rate is used up, so that no sweep queues it once more', async () => {
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work], {}, 18_000);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', depletedSince: NOW });
    for (const gone of ['wakeAt', 'wakeShard']) expect(row).not.toHaveProperty(gone);
    expect(on.putBack).toHaveLength(1);
  });

  it('is depleted where SES says that the quota is used up, and says when to look at it', async () => {
    on.outcomes.push({ is: 'depleted' });
    const work = await accept();

    await on.work([work]);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'depleted', rank: 55, wakeShard: expect.stringMatching(/^[0-7]$/) });
    expect(row?.depletedSince).toBe(row?.statusAt);
    expect(Date.parse(row?.wakeAt) - Date.parse(row?.statusAt)).toBe(900_000);
    expect(on.putBack).toEqual([]);
  });

  it('is depleted without asking SES where the account has no quota left, and sent once it has', async () => {
    on.account.quotaLeft = 0;
    const work = await accept();

    await on.work([work]);
    expect(await on.row(work.messageId)).toMatchObject({ status: 'depleted', depletedSince: expect.any(String) });
    expect(on.sent).toEqual([]);

    Object.assign(on.account, { quotaLeft: 1, placesUsed: (await on.places.used()).places });
    await on.work([work]);
    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'sent' });
    expect(row).not.toHaveProperty('depletedSince');
  });

  it('is not written again while it is known to be depleted', async () => {
    on.account.quotaLeft = 0;
    const work = await accept();
    await on.work([work]);
    const before = on.requests.filter((name) => name === 'UpdateItemCommand').length;

    await on.work([work]);

    expect(on.requests.filter((name) => name === 'UpdateItemCommand')).toHaveLength(before);
  });

  it('expires where the quota did not come back for 24 hours, counted from when it was first missing', async () => {
    const hoursAgo = (hours: number) => new Date(on.clock.now() - hours * 3_600_000).toISOString();
    const [late, still] = [
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(24), wakeAt: NOW, wakeShard: '1' } }),
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(23), wakeAt: NOW, wakeShard: '1' } }),
    ];
    on.account.quotaLeft = 0;

    await on.work([late, still]);

    const expired = await on.row(late.messageId);
    expect(expired).toMatchObject({ status: 'expired', rank: 75, reason: expect.stringContaining('quota') });
    for (const gone of ['values', 'wakeAt', 'wakeShard', 'depletedSince']) expect(expired).not.toHaveProperty(gone);
    expect(await on.row(still.messageId)).toMatchObject({ status: 'depleted', depletedSince: hoursAgo(23) });
  });

  it('stays queued without asking SES while the account is paused, and tells the metrics for the alarm', async () => {
    on.account.maxSendRate = 0;
    const work = await accept();

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued', statusAt: NOW });
    expect(on.putBack).toEqual([{ email: work, delaySeconds: 675 }]);
    expect(on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
    expect(on.sent).toEqual([]);
  });

  it('is left to the sweep, depleted as it is, while the account is paused: each sweep queues it once more', async () => {
    on.account.maxSendRate = 0;
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'depleted', wakeAt: NOW, statusAt: NOW });
    expect(on.putBack).toEqual([]);
    expect(on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
  });

  it('that was depleted is queued and put back where SES takes nothing when it is called', async () => {
    on.outcomes.push({ is: 'held', cause: 'SendingPausedException' });
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued' });
    expect(on.putBack).toHaveLength(1);
  });

  it('is throttled, and comes again in seconds, where SES was asked too often for the account to be known', async () => {
    const work = await accept();

    expect(await on.work([work], { account: async () => 'busy' })).toEqual([]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toEqual([{ email: { ...work, attempt: 1 }, delaySeconds: 8 }]);
  });

  it('comes again where the account is not known, with nothing claimed', async () => {
    const work = await accept();
    const account = () => Promise.reject(new Error('GetAccount failed'));

    expect(await on.work([work], { account })).toEqual(['r0']);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued' });
  });

  it('is not begun where the function has too little time left for a call', async () => {
    const work = await accept();

    await on.work([work], {}, 18_000);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect([on.sent, on.putBack.length]).toEqual([[], 1]);
  });
});
