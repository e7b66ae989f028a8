/** How many events were accepted, and why the others were not. */
export type Tally = Readonly<{
  accepted: () => void;
  /** @param place where it is in the file, such as `line 12` */
  refused: (reason: string, place: string) => void;
  /** One line: the counts, the time, the rate. */
  summary: () => string;
  /** One line per reason, the most frequent first, with the first places where it occurred. */
  reasons: () => readonly string[];
  allAccepted: () => boolean;
}>;

const PLACES_SHOWN = 5;

/** @param clock milliseconds, from any origin */
export const createTally = (clock: () => number): Tally => {
  const begun = clock();
  const reasons = new Map<string, { count: number; places: string[] }>();
  let accepted = 0;
  let refused = 0;
  return {
    accepted: () => {
      accepted += 1;
    },
    refused: (reason, place) => {
      refused += 1;
      const known = reasons.get(withoutAddresses(reason)) ?? { count: 0, places: [] };
      if (known.places.length < PLACES_SHOWN) known.places.push(place);
      reasons.set(withoutAddresses(reason), { ...known, count: known.count + 1 });
    },
    summary: () => {
      const seconds = (clock() - begun) / 1000;
      const rate = Math.round((accepted + refused) / Math.max(seconds, 0.001));
      return `accepted ${number(accepted)}, refused ${number(refused)} in ${seconds.toFixed(1)} s (${number(rate)} a second)`;
    },
    reasons: () =>
      [...reasons]
        .sort(([, one], [, other]) => other.count - one.count)
        .map(([reason, { count, places }]) => {
          const more = count > places.length ? ', …' : '';
          return `${number(count)} × ${reason} (${places.join(', ')}${more})`;
        }),
    allAccepted: () => refused === 0,
  };
};

const number = (count: number) => count.toLocaleString('en-US');

// Members' addresses do not belong in a terminal's history, and would make every reason unique.
const withoutAddresses = (reason: string) => reason.replaceAll(/[^\s<>"'(]+@[^\s<>"'),]+/g, '<address>');
