import type { Fact } from './fact.ts';
import { type Addressee, addressees, type Message } from './message.ts';
import { UnreadableRecord } from './shape.ts';
import { readTime } from './time.ts';

/** Stands for the message itself: what is known of it, but of none of its recipients in particular. */
export const MESSAGE_ITSELF = '*';

/** A fact and whose email it is about. */
export type FiledFact = Readonly<{ recipient: string; spellings: readonly string[]; fact: Fact }>;

const ITSELF: Addressee = { recipient: MESSAGE_ITSELF, spellings: [] };

/** Send, Reject and Rendering Failure concern every address of the message. */
export const everyDestination = ({ destinations }: Message): readonly Addressee[] =>
  destinations.length === 0 ? [ITSELF] : destinations;

/**
 * Open, Click and Subscription name nobody: all recipients of a message share its pixel and its links, so with several of
 * them nobody knows who it was (SES Developer Guide, faqs-metrics).
 */
export const onlyDestination = ({ destinations }: Message): Addressee =>
  (destinations.length === 1 && destinations[0]) || ITSELF;

/** The entries of an event's own list, each with its address; an entry that is no address is left out. */
export const named = (entries: readonly unknown[]): readonly (Addressee & { entry: unknown })[] =>
  entries.flatMap((entry) => addressees([entry]).map((addressee) => ({ ...addressee, entry })));

/**
 * Bounce, Complaint and DeliveryDelay concern those they name; where that is nobody, the only destination there is. A DSN's
 * Final-Recipient may be no address, and what else its entry says then is the only destination's too.
 */
export const namedElseOnly = (
  entries: readonly unknown[],
  message: Message,
): readonly (Addressee & { entry: unknown })[] => {
  const found = named(entries);
  return found.length > 0 ? found : [{ ...onlyDestination(message), entry: entries.length === 1 ? entries[0] : {} }];
};

/**
 * When it happened, by the event's own word; where that is absent or unreadable, when SES accepted the message.
 * @throws UnreadableRecord where neither can be read: such a fact could not be told from its repeats.
 */
export const timeOf = (timestamp: unknown, { acceptedAt }: Message): string => {
  const at = readTime(timestamp) ?? acceptedAt;
  if (at !== undefined) return at;
  throw new UnreadableRecord('no_time', 'no time can be read; SES writes ISO 8601 with an offset in mail.timestamp');
};
