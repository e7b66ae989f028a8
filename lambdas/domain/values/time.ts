/**
 * A time SES wrote, as ISO 8601 UTC with milliseconds; `undefined` where it is no time.
 *
 * Fractions are cut, not rounded, so that the same instant always gives the same text. Seen from SES besides
 * `2026-11-24T10:00:00.123Z`: offsets such as `-07:00`, and a space before the offset (`2018-10-08T14:05:45 +0000`, in
 * the SES Developer Guide, notification-contents). A time without any offset says no instant and is refused.
 */
export const readTime = (text: unknown): string | undefined => {
  const match = typeof text === 'string' ? TIME.exec(text) : null;
  if (match === null) return undefined;
  const [, seconds = '', fraction = '', sign, hours, minutes] = match;
  const local = Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // Date.parse takes 30 February for 2 March: a day that does not come back is no day.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(seconds)) return undefined;
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
  const time = new Date(local - offset).toISOString();
  // A year of more than four digits would no longer sort as text.
  return /^\d{4}-/.test(time) ? time : undefined;
};

const TIME = /^\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?\s?(?:[Zz]|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)\s*$/;

/** `time` (ISO 8601) moved by some milliseconds. */
export const later = (time: string, milliseconds: number): string =>
  new Date(Date.parse(time) + milliseconds).toISOString();

/** Milliseconds in a day. */
export const DAY = 86_400_000;

/** Milliseconds in an hour. */
export const HOUR = 3_600_000;

/** Milliseconds by which another server's clock may be ahead of ours. A time that is later than that is a mistake. */
const CLOCK_SKEW = 5 * 60_000;

/** The latest time (ISO 8601) that something which has happened can have at `now` (ISO 8601). */
export const latestCredible = (now: string): string => later(now, CLOCK_SKEW);
