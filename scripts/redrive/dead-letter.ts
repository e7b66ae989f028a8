/** A dead letter as it lies in its queue. */
export type DeadLetter = Readonly<{
  /** SQS's id of it, by which the log tells of it. */
  messageId: string;
  /** ISO 8601; when it was sent to the queue it died in. */
  sentAt: string;
  /** Why it is dead, in codes, where the stack knows: a local one does. */
  reason: string | undefined;
  body: string;
}>;

/** A dead-letter queue, what is in it, and the way back. */
export type DeadLetterQueue = Readonly<{
  name: string;
  count: number;
  /** At most ten of them. */
  some: readonly DeadLetter[];
  /** Moves them back. `told` hears how many are moved so far. */
  move: (told: (moved: number) => void) => Promise<Moved>;
}>;

/** How many were moved, and why the others were not. */
export type Moved = Readonly<{ moved: number; problem?: string | undefined }>;

/** One line on a dead letter, for a terminal, a ticket, a screenshot: no address in it can be read. */
export const lineOf = ({ messageId, sentAt, reason, body }: DeadLetter): string =>
  masked([messageId, sentAt, whatIsIn(body), ...(reason === undefined ? [] : [reason])].join('  '));

/** The first letters stay, by which somebody who knows the address knows it again: `a***@e***.com`. */
export const masked = (text: string): string => text.replaceAll(ADDRESS, '$1***@$2***$3');

const ADDRESS =
  /([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*@([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*?(\.[A-Za-z][A-Za-z0-9-]*)?(?=[\s@<>"'(),;:[\]]|$)/g;

const whatIsIn = (body: string): string => {
  const event = eventIn(body);
  if (event === undefined) return `${Buffer.byteLength(body)} bytes that are no SES event`;
  const { eventType, notificationType, mail } = event;
  const { messageId = 'an email without id', destination } = (mail ?? {}) as Readonly<Record<string, unknown>>;
  const to = Array.isArray(destination) ? destination.filter((one) => typeof one === 'string') : [];
  const others = to.length > SHOWN ? ` and ${to.length - SHOWN} more` : '';
  return `${eventType ?? notificationType} of ${messageId} to ${to.slice(0, SHOWN).join(', ') || 'nobody'}${others}`;
};

/** Addresses of an email that are shown. */
const SHOWN = 3;

type Event = Readonly<Record<'eventType' | 'notificationType' | 'mail', unknown>>;

const eventIn = (body: string): Event | undefined => {
  try {
    const event = JSON.parse(body);
    return event?.eventType || event?.notificationType ? event : undefined;
  } catch {
    return undefined;
  }
};
