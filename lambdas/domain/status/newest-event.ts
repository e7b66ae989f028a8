import { latestCredible } from '../values/time.ts';
import type { Fact } from './fact.ts';
import { readLine } from './fact-line.ts';
import { LINK_WAYS } from './link-facts.ts';

/**
 * The time (ISO 8601) of the newest SES event in these rows; `undefined` if there is none. Facts of Mailtrail's own
 * links (an unsubscribe, a read) do not come from SES's events, so they do not count.
 */
export const newestEventOf = (
  emails: readonly Readonly<{ events: readonly string[] }>[],
  now: string,
): string | undefined =>
  emails
    .flatMap(({ events }) => events.flatMap((line) => readLine(line) ?? []))
    .filter(isOfSes)
    .map(({ at }) => at)
    // A time in the future would stay the newest until it has passed.
    .filter((at) => at <= latestCredible(now))
    .sort()
    .at(-1);

const isOfSes = ({ kind, details }: Fact): boolean => kind !== 'read' && !LINK_WAYS.some((way) => way === details.via);
