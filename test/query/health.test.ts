import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { later } from '../../lambdas/domain/time.ts';
import { anEmail } from '../support/dated-emails.ts';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { roundTrips } from '../support/round-trips.ts';
import { openEvent, sendEvent } from '../support/ses-events.ts';

const HOUR = 3_600_000;

describe.each(engines())('health on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeEach(async () => {
    api = await startQueryApi(endpoint);
  });
  afterEach(() => api.tables.drop());
  const health = async () => (await api.ask('GET /v1/health')).body;
  const accepted = (...times: readonly string[]) =>
    api.putRows(times.map((time, n) => anEmail(n % 8, n, time)) as Parameters<QueryApi['putRows']>[0]);

  it('says that the store answers, also before the first email', async () => {
    expect(await health()).toEqual({ status: 'ok', newestEmail: null });
  });

  it('says when the newest email was accepted, whichever shard it is in, at the price of eight queries', async () => {
    const { now } = api.clock;
    await accepted(...Array.from({ length: 30 }, (_, n) => later(now, -(30 - n) * 1_500)));
    const [before, trips] = [api.requests.length, roundTrips(api.documents)];

    expect(await health()).toEqual({ status: 'ok', newestEmail: { acceptedAt: later(now, -1_500), age: 1 } });
    expect([trips.rounds, api.requests.length - before]).toEqual([1, 8]);
  });

  it('goes by an email’s acceptance, not by a later open of it', async () => {
    const mail = { messageId: 'm1', timestamp: '2026-11-24T12:00:00.000Z' };
    await api.record(sendEvent(mail), openEvent(mail, '2026-11-25T11:59:00.000Z'));

    expect((await health()).newestEmail).toEqual({ acceptedAt: mail.timestamp, age: 86_400 });
  });

  it('looks back 7 days, in four rounds', async () => {
    const { now } = api.clock;
    await accepted(later(now, -7 * 24 * HOUR));
    const trips = roundTrips(api.documents);

    expect(await health()).toMatchObject({ newestEmail: { age: 7 * 86_400 } });
    expect(trips.rounds).toBe(4);

    api.clock.now = later(now, 1);
    expect(await health()).toEqual({ status: 'ok', newestEmail: null });
  });

  it('takes an email from a clock a little ahead for one of now', async () => {
    await accepted(later(api.clock.now, 60_000));

    expect((await health()).newestEmail).toMatchObject({ age: 0 });
  });
});
