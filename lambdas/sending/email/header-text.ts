/**
 * What ends a line, or hides in one: control characters (CR, LF, U+0085 among them), Unicode's line and paragraph
 * separators, and the marks that turn the direction of writing, by which a name can be made to look like another.
 */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const RUN = new RegExp(`${BREAKS.source}+`, 'gu');

/** Whether a text must not go into a header as it is. */
export const breaksLines = (text: string): boolean => BREAKS.test(text);

/** A text on one line, for a header: what a value brought in of that kind becomes one space. */
export const onOneLine = (text: string): string => text.replaceAll(RUN, ' ').trim();
