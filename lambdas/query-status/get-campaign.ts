import type { Counters } from '../domain/campaign.ts';
import { ratesOf, statusCounts } from '../domain/rates.ts';
import type { Status } from '../domain/statuses.ts';
import { describe } from '../domain/vocabulary.ts';
import { ok } from '../http/answer.ts';
import { notFound } from '../http/problem.ts';
import type { Dependencies, Route } from './routes.ts';

/** How a campaign fares, by the numbers the stream keeps. */
export const getCampaign =
  ({ campaigns }: Pick<Dependencies, 'campaigns'>): Route<'GET /v1/campaigns/{campaignId}'> =>
  async ({ path: { campaignId }, query: { vocabulary } }) => {
    const count = await campaigns.count(campaignId);
    if (count === undefined)
      throw notFound('No email of this campaign is counted. Counts follow emails within seconds.');
    const { counters, firstActivityAt = null, lastActivityAt = null } = count;
    const counts = statusCounts(counters);
    const labels = (Object.keys(counts) as Status[]).map((status) => [
      status,
      describe(status, vocabulary, { overdue: false }).label,
    ]);
    return ok({
      campaignId,
      recipients: counters.recipients ?? 0,
      counts,
      labels: Object.fromEntries(labels),
      ...engagementOf(counters),
      rates: ratesOf(counters),
      firstActivityAt,
      lastActivityAt,
    });
  };

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
