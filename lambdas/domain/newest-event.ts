import type { Fact } from './fact.ts';
import { readLine } from './fact-line.ts';
import { LINK_WAYS } from './link-facts.ts';
import { later } from './time.ts';

/** Milliseconds by which SES's clock may be ahead of ours. What is later is a mistake, and would be the newest for long. */
const AHEAD = 5 * 60_000;

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
    .filter((at) => at <= later(now, AHEAD))
    .sort()
    .at(-1);

const isOfSes = ({ kind, details }: Fact): boolean => kind !== 'read' && !LINK_WAYS.some((way) => way === details.via);
