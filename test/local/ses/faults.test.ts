import { describe, expect, it, onTestFinished } from 'vitest';
import { ERRORS } from '../../../local/ses/ses-errors.ts';
import { changed, type SesSettings, USUAL_SETTINGS, WrongSettings } from '../../../local/ses/settings.ts';
import { startSes, to } from './ses-server.ts';

const START = Date.parse('2026-11-25T10:00:00.000Z');

const start = async (settings: Partial<SesSettings>) => {
  const time = { now: START };
  const ses = await startSes({ settings, clock: () => time.now });
  onTestFinished(ses.stop);
  /** Sends one after the other; the result of each: the error's name, or nothing. */
  const sendMany = async (count: number) => {
    const outcomes: (string | undefined)[] = [];
    for (let index = 0; index < count; index += 1) {
      const outcome = ses.send(to(`p${index}@example.com`));
      outcomes.push(await outcome.then(() => undefined).catch(({ name }: Error) => name));
    }
    return outcomes;
  };
  const counts = () => (ses.ses.show() as { calls: Record<string, number> }).calls;
  return { ...ses, time, sendMany, counts };
};

describe('the simulated SES', () => {
  it('throttles a share of the calls, and does not accept those', async () => {
    const { sendMany, ses, counts } = await start({ throttle: { share: 0.5 } });
    const outcomes = await sendMany(100);
    const throttled = outcomes.filter((outcome) => outcome === 'TooManyRequestsException').length;

    expect(throttled).toSatisfy((count: number) => count > 25 && count < 75);
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(100 - throttled);
    expect(ses.mailbox()).toHaveLength(100 - throttled);
    expect(counts()).toMatchObject({ throttled, taken: 100 - throttled, refused: 0 });
  });

  it('throttles in bursts by its clock', async () => {
    const { sendMany, time } = await start({ throttle: { share: 1, every: 4, for: 1 } });
    const outcomes: unknown[] = [];
    for (const second of [0, 0.999, 1, 3.999, 4, 4.5, 5]) {
      time.now = START + 1_000 * second;
      outcomes.push((await sendMany(1))[0] === undefined);
    }

    expect(outcomes).toEqual([false, false, true, true, false, false, true]);
  });

  it.each(Object.entries(ERRORS))('fails with %s if set so, and accepts nothing', async (error, [status]) => {
    const { send, ses } = await start({ fail: { share: 1, error } });

    await expect(send()).rejects.toMatchObject({ name: error, $metadata: { httpStatusCode: status } });
    expect([ses.mailbox(), ses.pending()]).toEqual([[], 0]);
  });

  it('drops responses after it has accepted the email', async () => {
    const { send, ses, published, settle, counts } = await start({ drop: { share: 1 } });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await settle();

    expect(ses.mailbox()).toHaveLength(1);
    expect(published.map(({ eventType }) => eventType)).toContain('Send');
    expect(counts()).toMatchObject({ dropped: 1, taken: 1 });
  });

  it('accepts the email at once if it hangs, and responds later', async () => {
    const { send, ses } = await start({ hang: { share: 1, seconds: 0.3 } });
    const before = performance.now();
    const answer = send();
    await expect.poll(() => ses.mailbox()).toHaveLength(1);
    const takenAfter = performance.now() - before;
    await answer;

    expect(takenAfter).toBeLessThan(300);
    expect(performance.now() - before).toBeGreaterThanOrEqual(295);
  });

  it('hits the same calls for the same seed, and different ones for another', async () => {
    const settings = { drop: { share: 0.3 }, fail: { share: 0.3, error: 'MessageRejected' } };
    const { sendMany, ses } = await start(settings);
    const first = await sendMany(30);
    ses.change({ seed: 'mailtrail' });
    const again = await sendMany(30);
    ses.change({ seed: 'another' });

    expect(new Set(first).size).toBe(3);
    expect(again).toEqual(first);
    expect(await sendMany(30)).not.toEqual(first);
  });

  it('can be changed while it runs, and reset', async () => {
    const { send, ses, counts } = await start({ maxSendRate: 50 });
    ses.change({ account: 'paused', maxSendRate: 7, identities: { 'club.example': false } });
    expect(ses.show()).toMatchObject({ account: 'paused', maxSendRate: 7, identities: { 'club.example': false } });
    await expect(send()).rejects.toMatchObject({ name: 'SendingPausedException' });
    ses.change({ account: null });
    await expect(send()).rejects.toMatchObject({ name: 'MessageRejected' });
    ses.change({ identities: null, maxSendRate: null });
    await send();

    expect(ses.show()).toMatchObject({ maxSendRate: 50, account: 'healthy', sentLast24Hours: 1, busiestSecond: 1 });
    expect(counts()).toMatchObject({ taken: 1, refused: 2 });
  });
});

describe('settings', () => {
  it.each([
    [{ maxSendRate: 0 }, 'maxSendRate must be a number above 0'],
    [{ maxSendRate: '14' }, 'maxSendRate'],
    [{ max24HourSend: -2 }, 'max24HourSend'],
    [{ account: 'ill' }, 'account must be healthy, paused or suspended'],
    [{ identities: { 'a.example': 'yes' } }, 'identities'],
    [{ throttle: { share: 2 } }, 'throttle'],
    [{ throttle: { share: 1, every: 4 } }, 'throttle'],
    [{ fail: { share: 1, error: 'Nonsense' } }, 'fail must be { "share": 0 to 1, "error": one of AccountSuspended'],
    [{ fail: { share: 1 } }, 'fail'],
    [{ hang: { share: 1, seconds: 1, minutes: 1 } }, 'hang'],
    [{ drop: 0.5 }, 'drop'],
    [{ seed: 1 }, 'seed'],
    [{ rate: 1, drop: 1 }, 'There is no setting "rate"; there are maxSendRate, '],
    [[], 'a JSON object'],
  ])('reject %j', (change, message) => {
    const apply = () => changed(USUAL_SETTINGS, USUAL_SETTINGS, change);

    expect(apply).toThrow(WrongSettings);
    expect(apply).toThrow(message);
  });
});
