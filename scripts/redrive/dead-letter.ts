import { fieldsOf } from '../../lambdas/aws/sqs/queue.ts';
import { isObject } from '../../lambdas/domain/values/json.ts';
import { UsageError } from '../../local/process/command.ts';

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

/**
 * Checks the name of a dead-letter queue that the command was given, if it was given one.
 *
 * @throws UsageError, with the names there are, where no queue is called so
 */
export const mustExist = (queue: string | undefined, names: readonly string[]): void => {
  if (queue === undefined || names.includes(queue)) return;
  const known = names.length === 0 ? 'the stack has none' : `there are ${names.toSorted().join(', ')}`;
  throw new UsageError(`--queue: there is no dead-letter queue "${queue}"; ${known}.`);
};

/** One line on a dead letter, for a terminal, a ticket, a screenshot: no address in it can be read. */
export const lineOf = ({ messageId, sentAt, reason, body }: DeadLetter): string =>
  masked([messageId, sentAt, whatIsIn(body), ...(reason === undefined ? [] : [reason])].join('  '));

/** The first letters stay, by which somebody who knows the address knows it again: `a***@e***.com`. */
export const masked = (text: string): string =>
  text.replaceAll(QUOTED_LOCAL_PART, '*@').replaceAll(ADDRESS, '$1***@$2***$3');

/** RFC 5321, 4.1.2: a local part in quotes may hold spaces. What is left of it is masked as the others are. */
const QUOTED_LOCAL_PART = /"(?:[^"\\]|\\.)*"@/g;

const ADDRESS =
  /([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*@([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*?(\.[A-Za-z][A-Za-z0-9-]*)?(?=[\s@<>"'(),;:[\]]|$)/g;

const whatIsIn = (body: string): string => {
  const fields = fieldsOf(body);
  return eventIn(fields) ?? workIn(fields) ?? `${Buffer.byteLength(body)} bytes that nothing here can read`;
};

const eventIn = ({ eventType, notificationType, mail }: Fields): string | undefined => {
  if (!eventType && !notificationType) return undefined;
  const { messageId = 'an email without id', destination } = isObject(mail) ? mail : {};
  const to = Array.isArray(destination) ? destination.filter((one) => typeof one === 'string') : [];
  const others = to.length > SHOWN ? ` and ${to.length - SHOWN} more` : '';
  return `${eventType || notificationType} of ${messageId} to ${to.slice(0, SHOWN).join(', ') || 'nobody'}${others}`;
};

/** What the functions ask each other to do: an email to send, a step of a campaign, an address to mirror or to erase. */
const workIn = ({ mailingId, messageId, campaignId, why, erasedAt, address }: Fields): string | undefined => {
  if (mailingId && messageId) return `email ${messageId} of ${mailingId} to send`;
  if (campaignId) return `campaign ${campaignId} to go on with: ${why}`;
  if (address) return `${address} to ${erasedAt ? 'erase' : 'mirror to the list of SES'}`;
  return undefined;
};

/** Addresses of an email that are shown. */
const SHOWN = 3;

type Fields = ReturnType<typeof fieldsOf>;
