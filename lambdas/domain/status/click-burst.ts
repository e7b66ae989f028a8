import { keptLink } from '../ses-events/clicked-link.ts';
import type { Fact } from './fact.ts';

/** Milliseconds within which nobody follows so many links. */
export const BURST_MILLISECONDS = 2_000;

/** Different links, as they are kept, that make a burst. */
export const BURST_LINKS = 3;

/**
 * The clicks of an email that came in a burst: three or more different links within two seconds, as a scanner follows all
 * links of an email when it arrives. Machines' clicks and those on unsubscribe links are among them, since a scanner may be
 * recognised in some of its clicks only. It is a guess, made at reading, and moves neither the status nor a count.
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
