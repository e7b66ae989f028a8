import { MESSAGE_ITSELF } from '../ses-events/attribution.ts';
import { readHistory } from '../status/history.ts';
import type { Status } from '../status/statuses.ts';
import { isSimulator } from '../values/address.ts';
import { latestCredible } from '../values/time.ts';

/** What of an email's row a campaign counts. */
export type CountedEmail = Readonly<{
  recipient: string;
  campaignId?: string;
  status?: Status;
  statusAt?: string;
  events: readonly string[];
  moreEngagement?: boolean;
}>;

/**
 * Numbers of a campaign by their names, which people read in the DynamoDB console: `recipients`, each status, each status
 * as `simulator_…` for mail to SES's simulator, and those of ENGAGEMENT. One that is absent is 0.
 */
export type Counters = Readonly<Record<string, number>>;

/** Opens and clicks: in all, and by how many recipients; machines' apart. `floors`: recipients with more than are kept. */
export const ENGAGEMENT = [
  ...(['opens', 'uniqueOpens', 'machineOpens', 'uniqueMachineOpens'] as const),
  ...(['clicks', 'uniqueClicks', 'machineClicks', 'uniqueMachineClicks'] as const),
  'floors',
] as const;

/** What happened to a campaign, as numbers and the times (ISO 8601) of the first and the last fact. */
export type CampaignCount = Readonly<{
  counters: Counters;
  firstActivityAt?: string | undefined;
  lastActivityAt?: string | undefined;
}>;

/** What one change of one row adds to a campaign; counters may be negative. */
export type CampaignChange = CampaignCount & Readonly<{ campaignId: string }>;

export const NOTHING: CampaignCount = { counters: {} };

/**
 * What a row, by its two images, adds to its campaign; nothing where it changes nothing there. A row that is gone (it
 * expired, or a person was erased) takes nothing with it: what happened has happened.
 *
 * @param now the time of the count (ISO 8601), see countedIn
 */
export const changesOf = (
  before: CountedEmail | undefined,
  after: CountedEmail | undefined,
  now: string,
): readonly CampaignChange[] => {
  if (after === undefined) return [];
  const [was, is] = [countedIn(before, now), countedIn(after, now)];
  if (was?.campaignId === is?.campaignId) return is && was ? changed(is, difference(is, was), was) : [];
  // A row has its campaign for good, but who writes to the table by hand may move it.
  return [...(is ? [is] : []), ...(was ? [{ campaignId: was.campaignId, counters: negative(was.counters) }] : [])];
};

/** What rows count together. */
export const sumOf = (counts: readonly CampaignCount[]): CampaignCount => counts.reduce(plus, NOTHING);

/**
 * What one row counts in its campaign; nothing while it is in no campaign's list. A fact counts whatever its time, but one
 * that is in the future (rows of an earlier version hold the times that remote servers wrote) is no time of activity.
 *
 * @param now the time of the count (ISO 8601); later by at most five minutes is not yet the future
 */
export const countedIn = (email: CountedEmail | undefined, now: string): CampaignChange | undefined => {
  if (email?.campaignId === undefined || email.recipient === MESSAGE_ITSELF) return undefined;
  const { facts, proposal, opens, clicks, machineOpens, machineClicks } = readHistory(email.events);
  // The index of campaigns holds a row from when it has a status. One this version has no word for is told by its facts.
  const status = email.status ?? proposal?.status;
  if (status === undefined) return undefined;
  const times = [...facts.map(({ at }) => at), ...(email.statusAt === undefined ? [] : [email.statusAt])]
    .filter((at) => at <= latestCredible(now))
    .sort();
  return {
    campaignId: email.campaignId,
    counters: withoutZeros({
      recipients: 1,
      [status]: 1,
      [`simulator_${status}`]: Number(isSimulator(email.recipient)),
      ...{ opens, uniqueOpens: Number(opens > 0), machineOpens, uniqueMachineOpens: Number(machineOpens > 0) },
      ...{ clicks, uniqueClicks: Number(clicks > 0), machineClicks, uniqueMachineClicks: Number(machineClicks > 0) },
      floors: Number(email.moreEngagement === true),
    }),
    firstActivityAt: times[0],
    lastActivityAt: times.at(-1),
  };
};

const changed = (is: CampaignChange, counters: Counters, was: CampaignCount): readonly CampaignChange[] =>
  Object.keys(counters).length > 0 ||
  is.firstActivityAt !== was.firstActivityAt ||
  is.lastActivityAt !== was.lastActivityAt
    ? [{ ...is, counters }]
    : [];

const plus = (one: CampaignCount, other: CampaignCount): CampaignCount => ({
  counters: sum(one.counters, other.counters),
  firstActivityAt: [one.firstActivityAt, other.firstActivityAt].filter(isTold).sort()[0],
  lastActivityAt: [one.lastActivityAt, other.lastActivityAt].filter(isTold).sort().at(-1),
});

const isTold = (time: string | undefined): time is string => time !== undefined;

const difference = ({ counters }: CampaignCount, was: CampaignCount): Counters => sum(counters, negative(was.counters));

const negative = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).map(([name, count]) => [name, -count]));

const sum = (one: Counters, other: Counters): Counters => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return withoutZeros(Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)])));
};

const withoutZeros = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).filter(([, count]) => count !== 0));
