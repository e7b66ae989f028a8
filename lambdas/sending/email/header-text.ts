/**
 * Characters that end a line or are invisible in it: control characters (including CR, LF, U+0085), Unicode's line and
 * paragraph separators, and the marks for text direction, which can make a name look like another one.
 */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const RUN = new RegExp(`${BREAKS.source}+`, 'gu');

/** Whether a text contains characters that a header must not hold. */
export const breaksLines = (text: string): boolean => BREAKS.test(text);

/** A text on one line, for a header: each run of such characters, which a value may contain, becomes one space. */
export const onOneLine = (text: string): string => text.replaceAll(RUN, ' ').trim();
