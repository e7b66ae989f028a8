import type { Fact } from '../status/fact.ts';
import { compareTexts } from '../values/compare-text.ts';

/** The latest bounce's diagnostic, up to the limit below: its line in the history is shorter. `at` is ISO 8601. */
export type LastBounce = Readonly<{ at: string; diagnostic: string }>;

/** Bytes of UTF-8 that are kept of a diagnostic. Providers write sentences with a code and an address of their own. */
export const LONGEST_DIAGNOSTIC = 1_024;

/** The latest bounce with a diagnostic; `undefined` if there is none. */
export const lastBounceOf = (facts: readonly Fact[]): LastBounce | undefined =>
  facts.reduce<LastBounce | undefined>((last, { at, details: { type, diagnostic } }) => {
    if (type === undefined || diagnostic === undefined) return last;
    const next = { at, diagnostic: shortened(diagnostic.toWellFormed()) };
    return last === undefined || isLaterBounce(next, last) ? next : last;
  }, undefined);

/** By time, and of two at one time by text: a maximum, so that the order of arrival changes nothing. */
export const isLaterBounce = (one: LastBounce, other: LastBounce): boolean =>
  (compareTexts(one.at, other.at) || compareTexts(one.diagnostic, other.diagnostic)) > 0;

/**
 * The diagnostic to show for a bounce: the whole one if it is the latest bounce's, else the one in its line.
 * @param line as stored in the line of the history, cut and ending in `…` if it was too long
 */
export const wholeDiagnostic = (line: string | null, at: string, last: LastBounce | undefined): string | null => {
  if (line === null || last === undefined || last.at !== at) return line;
  return line.endsWith('…') && last.diagnostic.startsWith(line.slice(0, -1)) ? last.diagnostic : line;
};

const shortened = (text: string): string => {
  if (Buffer.byteLength(text) <= LONGEST_DIAGNOSTIC) return text;
  const room = LONGEST_DIAGNOSTIC - Buffer.byteLength('…');
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept}…`;
};
