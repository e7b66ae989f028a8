import { type Group, isAttempted, isReached, STATUS_NAMES, STATUSES, type Status } from '../status/statuses.ts';
import type { Counters } from './campaign-counters.ts';

/** A share of a campaign; `value` is null where there is nothing to divide by. */
export type Rate = Readonly<{ value: number | null; numerator: number; denominator: number }>;

export type Rates = Readonly<Record<'delivery' | 'bounce' | 'complaint' | 'uniqueOpen' | 'uniqueClick', Rate>>;

/**
 * The rates of a campaign. Bounces are of every kind, as `status=bounced*` lists them, of what SES tried to deliver;
 * complaints are of what was delivered. Both leave out mail to SES's simulator, as SES's own rates do: a test is no
 * reason to worry about a list.
 */
export const ratesOf = (counters: Counters): Rates => {
  const of = (isOne: (status: Status) => boolean, prefix: '' | 'simulator_' = '') =>
    STATUS_NAMES.filter(isOne).reduce((sum, status) => sum + (counters[`${prefix}${status}`] ?? 0), 0);
  const real = (isOne: (status: Status) => boolean) => of(isOne) - of(isOne, 'simulator_');
  const [attempted, delivered] = [of(isAttempted), of(isReached)];
  return {
    delivery: rate(delivered, attempted),
    bounce: rate(real(inGroup('not delivered')), real(isAttempted)),
    complaint: rate(real(inGroup('complained')), real(isReached)),
    uniqueOpen: rate(counters.uniqueOpens ?? 0, delivered),
    uniqueClick: rate(counters.uniqueClicks ?? 0, delivered),
  };
};

const inGroup = (group: Group) => (status: Status) => STATUSES[status].group === group;

/** The statuses a campaign counts, in the order of the reference. */
export const statusCounts = (counters: Counters): Readonly<Partial<Record<Status, number>>> =>
  Object.fromEntries(STATUS_NAMES.flatMap((status) => (!counters[status] ? [] : [[status, counters[status]]])));

const rate = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});
