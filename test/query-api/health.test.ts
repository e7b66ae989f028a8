import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/campaign-counts/count-statuses/handler.ts';
import { toLine } from '../../lambdas/domain/status/fact-line.ts';
import { keptOpen, unsubscribedBy } from '../../lambdas/domain/status/link-facts.ts';
import { later } from '../../lambdas/domain/values/time.ts';
import { campaignCounter } from '../../lambdas/store/campaigns/count-campaign.ts';
import { newestEventKeeper } from '../../lambdas/store/campaigns/newest-event.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { silent } from '../support/silent.ts';
import { streamRecord } from '../support/stream.ts';

const delivered = (at: string) => toLine({ kind: 'delivered', at, details: {} });
const opened = (at: string) => toLine({ kind: 'opened', at, details: {} });

describe.each(engines())('health on $name', ({ endpoint }) => {
  let api: QueryApi;
  let sequence = 0;
  beforeEach(async () => {
    api = await startQueryApi(endpoint);
  });
  afterEach(() => api.tables.drop());
  const health = async () => (await api.ask('GET /v1/health')).body;
  /** An instance of the function that reads the stream. */
  const aReader = () => {
    const handler = createHandler({
      countCampaign: campaignCounter(api.documents, api.tables.campaigns),
      keepNewestEvent: newestEventKeeper(api.documents, api.tables.campaigns),
      now: () => api.clock.now,
      logger: silent().logger,
    });
    return (...rows: readonly Partial<EmailStatus>[]) =>
      handler({
        Records: rows.map((row) =>
          streamRecord(sequence++, undefined, {
            ...{ messageId: 'm1', recipient: 'ann@example.com', events: [], ...row },
          } as EmailStatus),
        ),
        shardId: 'shardId-1',
      });
  };
  const ago = (seconds: number) => later(api.clock.now, -seconds * 1_000);

  it('reports that the store responds, even before the first event', async () => {
    expect(await health()).toEqual({ status: 'ok', newestEvent: null });
  });

  it('has the time of the newest event, of any email, in whatever order they arrive', async () => {
    const read = aReader();
    await read(
      { createdAt: ago(9_000), events: [delivered(ago(8_000)), opened(ago(60))] },
      { createdAt: ago(90), events: [delivered(ago(80))] },
    );
    await aReader()({ events: [delivered(ago(4_000))] });

    expect(await health()).toEqual({ status: 'ok', newestEvent: { at: ago(60), age: 60 } });
  });

  it('counts neither emails nor our own links as events', async () => {
    const links = [
      keptOpen(ago(2)),
      unsubscribedBy('OneClick', 'everything', ago(1)),
      unsubscribedBy('UnsubscribePage', 'everything', ago(1)),
    ];
    await aReader()({
      createdAt: ago(5),
      status: 'sent',
      statusAt: ago(3),
      events: [delivered(ago(300)), ...links.map(toLine)],
    });
    await aReader()({ createdAt: ago(0), status: 'queued', statusAt: ago(0) });

    expect((await health()).newestEvent).toEqual({ at: ago(300), age: 300 });
  });

  it('counts an event from a clock slightly ahead as current, and ignores one of next year', async () => {
    await aReader()({ events: [delivered(ago(-60)), opened(ago(-400 * 86_400))] });

    expect((await health()).newestEvent).toEqual({ at: ago(-60), age: 0 });
  });

  it('stores it where no campaign can be, and shows no campaign there', async () => {
    await aReader()({ events: [delivered(ago(9))] });

    expect((await api.ask('GET /v1/campaigns/{campaignId}', { path: { campaignId: ':newest-event' } })).status).toBe(
      404,
    );
  });

  it('costs a write for ten seconds of events, and one read per request', async () => {
    const read = aReader();
    const before = api.requests.length;
    for (let second = 100; second > 70; second--) await read({ events: [delivered(ago(second))] });

    expect(api.requests.slice(before)).toEqual(Array(3).fill('UpdateItemCommand'));
    expect((await health()).newestEvent).toEqual({ at: ago(80), age: 80 });
    expect(api.requests.slice(before + 3)).toEqual(['GetItemCommand']);
  });

  it.each(['before it was taken', 'after it was taken'] as const)(
    'loses no event if its write fails %s: the batch is retried',
    async (moment) => {
      const read = aReader();
      api.failing(0, moment);
      await expect(read({ events: [delivered(ago(9))] })).rejects.toThrow();
      await read({ events: [delivered(ago(9))] });

      expect((await health()).newestEvent).toEqual({ at: ago(9), age: 9 });
    },
  );
});
