import { bareAddress, foldAddress } from '../values/address.ts';
import { detail, isObject, type Json, listAt, objectAt, present, UnreadableRecord } from '../values/json.ts';
import { readTime } from '../values/time.ts';

/** An address of a message: its stored form, and every spelling of it in SES's event. */
export type Addressee = Readonly<{ recipient: string; spellings: readonly string[] }>;

/** The email's data in an event's `mail` object; equal in every event of that email. */
export type Message = Readonly<{
  /** The tag `mailtrail-id` if the sender set it, else SES's id. */
  messageId: string;
  sesMessageId: string;
  /** `mail.timestamp`: when SES accepted the message. */
  acceptedAt?: string;
  destinations: readonly Addressee[];
  /** The `From` header, which is what the recipient sees; absent from events that carry no headers. */
  from?: string;
  /** `mail.source`: the envelope MAIL FROM address (notification-contents), where bounces go. */
  envelopeSender?: string;
  subject?: string;
  campaignId?: string;
  category?: string;
  /** The sender's other tags. SES's own hold IP addresses and differ between events, so they are not kept. */
  tags?: Readonly<Record<string, readonly string[]>>;
}>;

/**
 * Reads `mail` (SES Developer Guide, event-publishing-retrieving-sns-contents).
 * @throws UnreadableRecord if the email cannot be identified.
 */
export const readMail = (mail: unknown): Message => {
  if (mail === undefined || mail === null) {
    throw new UnreadableRecord('no_mail', 'mail is missing; every SES event carries the mail object of its email');
  }
  const { messageId, timestamp, destination, source, commonHeaders, tags } = objectAt(mail, 'mail');
  if (typeof messageId !== 'string' || messageId.trim() === '') {
    throw new UnreadableRecord(
      'no_message_id',
      'mail.messageId is no text; without it nobody knows which email this is',
    );
  }
  const sesMessageId = keyOf(messageId.trim(), 'mail.messageId');
  const {
    'mailtrail-id': ids = [],
    campaign = [],
    category = [],
    ...others
  } = readTags(objectAt(tags ?? {}, 'mail.tags'));
  return present<Message>({
    // With several ids on one email, none of them identifies it.
    messageId: ids.length === 1 && ids[0] ? keyOf(ids[0], 'the tag mailtrail-id') : sesMessageId,
    sesMessageId,
    acceptedAt: readTime(timestamp),
    destinations: addressees(listAt(destination, 'mail.destination')),
    from: isObject(commonHeaders) ? fromOf(commonHeaders) : undefined,
    envelopeSender: shortened(detail(source)),
    // Not the Subject header: it may be absent, or encoded differently, while commonHeaders has the subject.
    subject: isObject(commonHeaders) ? subjectOf(commonHeaders) : undefined,
    campaignId: campaign[0],
    category: category[0],
    tags: Object.keys(others).length === 0 ? undefined : others,
  });
};

/**
 * The addresses in a list, each once, in its order. An entry is a text, or an object with `emailAddress`; one that is
 * no address is left out, so that the others count.
 */
export const addressees = (entries: readonly unknown[]): readonly Addressee[] => {
  const spellings = new Map<string, Set<string>>();
  for (const entry of entries) {
    const text = isObject(entry) ? entry.emailAddress : entry;
    const [recipient, spelling] = typeof text === 'string' ? [foldAddress(text), bareAddress(text)] : [];
    if (recipient === undefined || spelling === undefined) continue;
    spellings.set(recipient, (spellings.get(recipient) ?? new Set()).add(spelling));
  }
  return [...spellings].map(([recipient, found]) => ({ recipient, spellings: [...found] }));
};

/**
 * DynamoDB's limits are 2,048 bytes for a partition key and 1,024 for a sort key; SES's ids have 60, a tag's value at
 * most 256.
 */
const LONGEST_KEY = 512;

const keyOf = (id: string, what: string): string => {
  if (Buffer.byteLength(id) <= LONGEST_KEY) return id;
  throw new UnreadableRecord('wrong_shape', `${what} is longer than ${LONGEST_KEY} bytes; SES's ids have about 60`);
};

/** SES accepts tag values of up to 256 characters; anything longer is not an SES tag. */
const LONGEST_VALUE = 256;

const readTags = (tags: Json): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(tags)
      .filter(([name]) => name !== '' && !name.startsWith('ses:'))
      .map(([name, values]) => [name, Array.isArray(values) ? values.filter(isTagValue) : []] as const)
      .filter(([, values]) => values.length > 0),
  );

const isTagValue = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_VALUE;

const fromOf = ({ from }: Json) => shortened(detail(Array.isArray(from) ? from[0] : from));

const subjectOf = ({ subject }: Json) => shortened(typeof subject === 'string' ? subject : undefined);

/** Subject and sender are for recognizing an email; beyond a long line they only make every write more expensive. */
const shortened = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : [...text].slice(0, LONGEST_TEXT).join('');

const LONGEST_TEXT = 500;
