import { keptLink } from '../ses-events/clicked-link.ts';
import type { Fact } from './fact.ts';

/** Milliseconds within which no person follows so many links. */
export const BURST_MILLISECONDS = 2_000;

/** How many different links, as stored, make a burst. */
export const BURST_LINKS = 3;

/**
 * The clicks of an email that are part of a burst: three or more different links within two seconds, because a scanner
 * follows all links of an email when it arrives. Clicks by machines and on unsubscribe links count, since a scanner may
 * be recognized in only some of its clicks. It is a guess, made at read time, and changes neither the status nor a
 * count.
 *
 * @param facts of one email, in any order
 */
export const clicksInBursts = (facts: readonly Fact[]): ReadonlySet<Fact> => {
  const clicks = facts
    .flatMap((fact) => {
      const link = fact.details.link ?? fact.details.url;
      return fact.kind === 'clicked' && link !== undefined
        ? [{ fact, at: Date.parse(fact.at), link: keptLink(link) }]
        : [];
    })
    .toSorted((one, other) => one.at - other.at);
  return new Set(
    clicks.flatMap((first, position) => {
      const near = clicks.slice(position).filter(({ at }) => at - first.at <= BURST_MILLISECONDS);
      const links = new Set(near.map(({ link }) => link));
      return links.size >= BURST_LINKS ? near.map(({ fact }) => fact) : [];
    }),
  );
};
