import { latestCredible } from '../values/time.ts';
import type { Fact } from './fact.ts';
import { readLine } from './fact-line.ts';
import { LINK_WAYS } from './link-facts.ts';

/**
 * The time (ISO 8601) of the newest event of SES in these rows; `undefined` where there is none. What our own links tell
 * (somebody left, or kept an email open) comes on another way, and says nothing about SES's events.
 */
export const newestEventOf = (
  emails: readonly Readonly<{ events: readonly string[] }>[],
  now: string,
): string | undefined =>
  emails
    .flatMap(({ events }) => events.flatMap((line) => readLine(line) ?? []))
    .filter(isOfSes)
    .map(({ at }) => at)
    // A time in the future would be the newest for long.
    .filter((at) => at <= latestCredible(now))
    .sort()
    .at(-1);

const isOfSes = ({ kind, details }: Fact): boolean => kind !== 'read' && !LINK_WAYS.some((way) => way === details.via);
