import { fieldsOf } from '../../lambdas/aws/sqs/queue.ts';
import { isObject } from '../../lambdas/domain/values/json.ts';
import { UsageError } from '../../local/process/command.ts';

/** A message in a dead-letter queue. */
export type DeadLetter = Readonly<{
  /** SQS's message id, which the log uses too. */
  messageId: string;
  /** ISO 8601; when it was sent to its original queue. */
  sentAt: string;
  /** Why it was dead-lettered, in codes; only a local stack has it. */
  reason: string | undefined;
  body: string;
}>;

/** A dead-letter queue, its content, and how to redrive it. */
export type DeadLetterQueue = Readonly<{
  name: string;
  count: number;
  /** At most ten of them. */
  some: readonly DeadLetter[];
  /** Moves them back. `progress` is called with how many are moved so far. */
  move: (progress: (moved: number) => void) => Promise<Moved>;
}>;

/** How many were moved, and why the others were not. */
export type Moved = Readonly<{ moved: number; problem?: string | undefined }>;

/**
 * Checks the name of a dead-letter queue, if the command was given one.
 *
 * @throws UsageError, with the existing names, if there is no such queue
 */
export const mustExist = (queue: string | undefined, names: readonly string[]): void => {
  if (queue === undefined || names.includes(queue)) return;
  const known = names.length === 0 ? 'the stack has none' : `there are ${names.toSorted().join(', ')}`;
  throw new UsageError(`--queue: there is no dead-letter queue "${queue}"; ${known}.`);
};

/** One line about a dead letter, for a terminal, a ticket, a screenshot: addresses are masked. */
export const lineOf = ({ messageId, sentAt, reason, body }: DeadLetter): string =>
  masked([messageId, sentAt, contentOf(body), ...(reason === undefined ? [] : [reason])].join('  '));

/** The first letters are kept, so that a person who knows the address recognizes it: `a***@e***.com`. */
export const masked = (text: string): string =>
  text.replaceAll(QUOTED_LOCAL_PART, '*@').replaceAll(ADDRESS, '$1***@$2***$3');

/** RFC 5321, 4.1.2: a quoted local part may contain spaces. The rest of it is masked like the others. */
const QUOTED_LOCAL_PART = /"(?:[^"\\]|\\.)*"@/g;

const ADDRESS =
  /([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*@([^\s@<>"'(),;:[\]])[^\s@<>"'(),;:[\]]*?(\.[A-Za-z][A-Za-z0-9-]*)?(?=[\s@<>"'(),;:[\]]|$)/g;

const contentOf = (body: string): string => {
  const fields = fieldsOf(body);
  return eventIn(fields) ?? workIn(fields) ?? `${Buffer.byteLength(body)} bytes in an unknown format`;
};

const eventIn = ({ eventType, notificationType, mail }: Fields): string | undefined => {
  if (!eventType && !notificationType) return undefined;
  const { messageId = 'an email without id', destination } = isObject(mail) ? mail : {};
  const to = Array.isArray(destination) ? destination.filter((one) => typeof one === 'string') : [];
  const others = to.length > SHOWN ? ` and ${to.length - SHOWN} more` : '';
  return `${eventType || notificationType} of ${messageId} to ${to.slice(0, SHOWN).join(', ') || 'no recipient'}${others}`;
};

/** Messages between functions: an email to send, a step of a campaign, an address to mirror or to erase. */
const workIn = ({ mailingId, messageId, campaignId, why, erasedAt, address }: Fields): string | undefined => {
  if (mailingId && messageId) return `email ${messageId} of ${mailingId} to send`;
  if (campaignId) return `campaign ${campaignId} to continue: ${why}`;
  if (address) return `${address} to ${erasedAt ? 'erase' : 'mirror to the SES suppression list'}`;
  return undefined;
};

/** The most addresses of an email that are shown. */
const SHOWN = 3;

type Fields = ReturnType<typeof fieldsOf>;
