import { readTime } from '../values/time.ts';
import type { Message } from './mail.ts';

/**
 * When a fact happened, and the time a remote server wrote if it differs. Times are ISO 8601 UTC with milliseconds.
 */
export type EventTime = Readonly<{ at: string; said?: string }>;

/**
 * The time of something that AWS itself timed (`delivery.timestamp`, an open, a click, a delay); where that is absent
 * or unreadable, when SES accepted the message, else when the event arrived.
 */
export const awsTime = (timestamp: unknown, { acceptedAt }: Message, arrivedAt: string): string =>
  readTime(timestamp) ?? acceptedAt ?? arrivedAt;

/**
 * The time of something that a remote server timed: `bounce.timestamp` and `complaint.timestamp` are "the time at which
 * the notification was sent by the ISP" (SES Developer Guide, notification-contents), by a clock that may be years off.
 * It is limited to what AWS's clocks allow: not before SES accepted the message, and not after the event arrived.
 */
export const remoteTime = (timestamp: unknown, message: Message, arrivedAt: string): EventTime => {
  const said = readTime(timestamp);
  if (said === undefined) return { at: awsTime(undefined, message, arrivedAt) };
  const notAfter = said < arrivedAt ? said : arrivedAt;
  const { acceptedAt = notAfter } = message;
  const at = notAfter > acceptedAt ? notAfter : acceptedAt;
  return at === said ? { at } : { at, said };
};
