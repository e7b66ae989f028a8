import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from '../../../lambdas/campaign-counts/count-statuses/handler.ts';
import { shardOf } from '../../../lambdas/domain/values/digest.ts';
import { campaignCounter } from '../../../lambdas/store/campaigns/count-campaign.ts';
import { type RecountOptions, recountCampaign } from '../../../lambdas/store/campaigns/recount-campaign.ts';
import type { EmailStatus } from '../../../lambdas/store/emails/email.ts';
import { engines } from '../../support/engine.ts';
import { type QueryApi, startQueryApi } from '../../support/query-api.ts';
import { silent } from '../../support/silent.ts';
import { streamRecord } from '../../support/stream.ts';

const rowsOf = (campaignId: string): readonly EmailStatus[] =>
  Array.from({ length: 30 }, (_, index) => {
    const [messageId, recipient] = [`${campaignId} ${index}`, `member${index}@example.com`];
    return {
      ...{ messageId, recipient, campaignId, status: 'opened', rank: 300 },
      campaignShard: `${campaignId}/${shardOf(messageId, recipient)}`,
      events: ['2026-11-24T10:00:00.000Z sent', `2026-11-24T11:00:00.000Z opened${index % 3 ? '' : ' automated=yes'}`],
    } as EmailStatus;
  });

describe.each(engines())('a recount on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());

  let run = 0;
  /** A campaign with rows, counted by the stream. */
  const aCampaign = async () => {
    const campaignId = `campaign ${run++}`;
    const rows = rowsOf(campaignId);
    await api.putRows(rows.map((row) => ({ ...row, events: new Set(row.events) as never })));
    const countCampaign = campaignCounter(api.documents, api.tables.campaigns);
    const handler = createHandler({
      countCampaign,
      keepNewestEvent: async () => {},
      now: () => '2026-11-25T12:00:00.000Z',
      logger: silent().logger,
    });
    const count = (from: number, to: number) =>
      handler({ Records: rows.slice(from, to).map((row, n) => streamRecord(from + n, undefined, row)), shardId: 's' });
    const recount = (more: Partial<RecountOptions> = {}) =>
      recountCampaign(api.documents, {
        ...{ tables: api.tables, campaignId, repair: true, now: '2026-11-25T12:00:00.000Z', quiet: async () => {} },
        ...more,
      });
    const spoil = (UpdateExpression: string, future?: string) =>
      api.documents.send(
        new UpdateCommand({
          TableName: api.tables.campaigns,
          Key: { campaignId },
          UpdateExpression,
          ExpressionAttributeValues: future === undefined ? { ':n': 7 } : { ':future': future },
        }),
      );
    return { campaignId, rows, count, recount, spoil };
  };

  it('reports no differences if all is correct', async () => {
    const { count, recount } = await aCampaign();
    await count(0, 30);

    expect(await recount()).toEqual({ recipients: 30, differences: [] });
  });

  it('corrects wrong counters, reports the differences, and keeps the stream’s positions', async () => {
    const { count, recount, spoil } = await aCampaign();
    await count(0, 30);
    await spoil('SET opened = :n, complained = :n REMOVE machineOpens, firstActivityAt');
    const { differences } = await recount();
    await count(0, 30);

    expect(differences).toEqual([
      { name: 'opened', was: 7, is: 30 },
      { name: 'complained', was: 7, is: 0 },
      { name: 'machineOpens', was: 0, is: 10 },
      { name: 'firstActivityAt', was: null, is: '2026-11-24T10:00:00.000Z' },
    ]);
    expect((await recount()).differences).toEqual([]);
  });

  it('only reports without repair', async () => {
    const { count, recount, spoil } = await aCampaign();
    await count(0, 30);
    await spoil('SET opened = :n');

    expect((await recount({ repair: false })).differences).toEqual([{ name: 'opened', was: 7, is: 30 }]);
    expect((await recount({ repair: false })).differences).toHaveLength(1);
  });

  it('counts a campaign that the stream never counted, without its expired rows', async () => {
    const { rows, recount } = await aCampaign();
    const { messageId, recipient } = rows[0] as EmailStatus;
    await api.documents.send(new DeleteCommand({ TableName: api.tables.emailStatus, Key: { messageId, recipient } }));

    expect((await recount()).differences).toContainEqual({ name: 'recipients', was: 0, is: 29 });
    expect((await recount()).differences).toEqual([]);
  });

  it('corrects a campaign whose times an earlier version took from a remote server’s clock', async () => {
    const { rows, count, recount, spoil } = await aCampaign();
    const [first] = rows;
    // The row with that time stays: a time in the future is not counted as activity.
    const events = new Set([...(first?.events ?? []), '2031-01-01T00:00:00.000Z deferred']);
    await api.putRows([{ ...first, statusAt: '2031-01-01T00:00:00.000Z', events: events as never } as EmailStatus]);
    await count(0, 30);
    await spoil('SET lastActivityAt = :future, firstActivityAt = :future', '2031-01-01T00:00:00.000Z');

    expect((await recount()).differences).toEqual([
      { name: 'firstActivityAt', was: '2031-01-01T00:00:00.000Z', is: '2026-11-24T10:00:00.000Z' },
      { name: 'lastActivityAt', was: '2031-01-01T00:00:00.000Z', is: '2026-11-24T11:00:00.000Z' },
    ]);
    expect((await recount()).differences).toEqual([]);
  });

  it('starts again if something was counted meanwhile, and gives up if that continues', async () => {
    const { count, recount } = await aCampaign();
    let times = 0;
    const once = await recount({ quiet: async () => void (times++ === 1 && (await count(0, 30))) });
    let more = 0;
    const { count: another, recount: again } = await aCampaign();
    const goesOn = again({ quiet: async () => void (more < 30 && (await another(more, ++more))) });

    expect(once).toEqual({ recipients: 30, differences: [] });
    await expect(goesOn).rejects.toThrow('changed during each attempt');
  });
});
