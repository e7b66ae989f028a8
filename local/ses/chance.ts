import { createHash } from 'node:crypto';

/**
 * Random numbers that follow from a seed: the same words always give the same number, whatever was drawn before. So one
 * email's outcome depends on the seed and its place in the order of sending, not on timers.
 */
export type Draw = Readonly<{
  /** A number from 0 up to, not including, 1. */
  number: (...words: readonly (string | number)[]) => number;
  /** A UUID in the form of version 4. */
  uuid: (...words: readonly (string | number)[]) => string;
}>;

export const createDraw = (seed: string | number): Draw => {
  const hash = (words: readonly (string | number)[]) =>
    createHash('sha256')
      .update([seed, ...words].join('\n'))
      .digest();
  return {
    number: (...words) => hash(words).readUInt32BE(0) / 2 ** 32,
    uuid: (...words) => {
      const hex = hash(words).toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `a${hex.slice(17, 20)}`,
        hex.slice(20, 32),
      ].join('-');
    },
  };
};

/**
 * An id in SES's format, for messages and feedback: 4 hexadecimal digits of the Region and 12 of milliseconds since
 * 1970, a UUID, and a counter that is always 0 (read off recorded ids).
 *
 * @param time milliseconds since 1970
 */
export const sesId = (time: number, uuid: string): string =>
  `0100${time.toString(16).padStart(12, '0')}-${uuid}-000000`;
