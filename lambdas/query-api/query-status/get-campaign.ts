import { type Counters, NOTHING } from '../../domain/campaign/campaign-counters.ts';
import { ratesOf, statusCounts } from '../../domain/campaign/rates.ts';
import type { Status } from '../../domain/status/statuses.ts';
import { labelOf } from '../../domain/status/vocabulary.ts';
import { ok } from '../../http/answer.ts';
import { notFound } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';

/** The results of a campaign, from the counters that the stream consumer writes. */
export const getCampaign =
  ({ campaigns }: Pick<Dependencies, 'campaigns'>): Route<'GET /v1/campaigns/{campaignId}'> =>
  async ({ path: { campaignId }, query: { vocabulary } }) => {
    const found = await campaigns.find(campaignId);
    if (found === undefined)
      throw notFound('No email of this campaign is counted. Counts follow emails within seconds.');
    const { count = NOTHING, standing, waiting } = found;
    const { firstActivityAt = null, lastActivityAt = null } = count;
    const counters = shownAs(waiting, count.counters);
    const counts = statusCounts(counters);
    const labels = (Object.keys(counts) as Status[]).map((status) => [
      status,
      labelOf(status, vocabulary, { overdue: false }).label,
    ]);
    return ok({
      campaignId,
      state: standing?.state ?? null,
      sendAt: standing?.sendAt ?? null,
      expiresAt: standing?.expiresAt ?? null,
      recipients: counters.recipients ?? 0,
      counts,
      labels: Object.fromEntries(labels),
      ...engagementOf(counters),
      rates: ratesOf(counters),
      firstActivityAt,
      lastActivityAt,
    });
  };

/**
 * Counts with those in the queue among what they are shown as: what is stored follows, page by page, if it ever does.
 */
const shownAs = (waiting: Status, counters: Counters): Counters =>
  waiting === 'queued' || !counters.queued
    ? counters
    : { ...counters, queued: 0, [waiting]: (counters[waiting] ?? 0) + counters.queued };

const engagementOf = (counters: Counters) => {
  const of = (unique: string, total: string) => ({ unique: counters[unique] ?? 0, total: counters[total] ?? 0 });
  return {
    opens: of('uniqueOpens', 'opens'),
    clicks: of('uniqueClicks', 'clicks'),
    machineOpens: of('uniqueMachineOpens', 'machineOpens'),
    machineClicks: of('uniqueMachineClicks', 'machineClicks'),
    countsAreFloor: (counters.floors ?? 0) > 0,
  };
};
