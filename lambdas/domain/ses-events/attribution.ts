import type { Fact } from '../status/fact.ts';
import { destinationOf, namedAddress } from './destination.ts';
import type { Addressee, Message } from './mail.ts';

/** Stands for the message itself: facts that cannot be attributed to one of its recipients. */
export const MESSAGE_ITSELF = '*';

/** A fact and whose email it is about. `spellings` are those of the destination, never those in a report. */
export type FiledFact = Readonly<{ recipient: string; spellings: readonly string[]; fact: Fact }>;

const ITSELF: Addressee = { recipient: MESSAGE_ITSELF, spellings: [] };

/** Send, Reject and Rendering Failure concern every address of the message. */
export const everyDestination = ({ destinations }: Message): readonly Addressee[] =>
  destinations.length === 0 ? [ITSELF] : destinations;

/**
 * Open, Click and Subscription name no recipient: all recipients of a message share its pixel and its links, so with
 * several of them it is unknown who it was (SES Developer Guide, faqs-metrics).
 */
export const onlyDestination = ({ destinations }: Message): Addressee =>
  (destinations.length === 1 && destinations[0]) || ITSELF;

/**
 * An entry of an event's own list, and the destination that it concerns; `named` is an address that is none of them.
 */
export type Entry = Addressee & Readonly<{ entry: unknown; named?: string }>;

/** The entries of an event's own list that name an address, each with the destination it concerns, else `*`. */
export const entriesOf = (entries: readonly unknown[], message: Message): readonly Entry[] =>
  entries.flatMap((entry) => {
    const address = namedAddress(entry);
    if (address === undefined) return [];
    const { destination = ITSELF, named } = destinationOf(address, message);
    return [{ ...destination, entry, ...(named !== undefined && { named }) }];
  });

/**
 * Bounce, Complaint and DeliveryDelay concern the recipients they name; if they name none, the only destination. A
 * DSN's Final-Recipient may not be an address, and the rest of its entry then belongs to the only destination too.
 */
export const entriesElseOnly = (entries: readonly unknown[], message: Message): readonly Entry[] => {
  const found = entriesOf(entries, message);
  return found.length > 0 ? found : [{ ...onlyDestination(message), entry: entries.length === 1 ? entries[0] : {} }];
};
