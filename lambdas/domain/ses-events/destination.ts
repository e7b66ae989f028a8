import { bareAddress, foldAddress } from '../values/address.ts';
import { isObject } from '../values/json.ts';
import type { Addressee, Message } from './mail.ts';

/** Whose email an entry of an event is about, and the address that the entry named where it was sent to nobody's. */
export type Attributed = Readonly<{
  /** `undefined` where that cannot be known: the message went to several, or to none that is known. */
  destination: Addressee | undefined;
  /** The address that was named, as far as it is no destination of the message. */
  named?: string;
}>;

/** The address that an entry of an event names: a text, or an object with `emailAddress`. `undefined` where it is none. */
export const namedAddress = (entry: unknown): string | undefined => {
  const text = isObject(entry) ? entry.emailAddress : entry;
  return typeof text === 'string' ? bareAddress(decoded(text.replace(ADDRESS_TYPE, ''))) : undefined;
};

/** RFC 3464 section 2.3.2: `Final-Recipient: rfc822; ann@example.com`; RFC 6533 section 3: `utf-8; …`. */
const ADDRESS_TYPE = /^\s*(?:rfc822|utf-8)\s*;\s*/i;

/** Characters as RFC 6533 section 3 writes them where a report must be ASCII: `\x{E9}`. */
const decoded = (text: string): string =>
  text.replaceAll(/\\x\{([0-9A-Fa-f]{2,6})\}/g, (whole, hex) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });

/**
 * The destination that an entry concerns. The address in a bounce is the report's Final-Recipient (SES Developer Guide,
 * notification-contents), which a remote server wrote: it may be where the mail was forwarded to, the address without its
 * `+label`, or anything else. It is compared as addresses are filed, then without labels and in one Unicode form, as long as
 * one destination alone is meant. An address that fits none is the only destination's where there is one.
 */
export const destinationOf = (named: string, { destinations }: Message): Attributed => {
  const folded = foldAddress(named);
  const found = destinations.find(({ recipient }) => recipient === folded) ?? onlyLike(named, destinations);
  if (found !== undefined) return { destination: found };
  return { destination: destinations.length === 1 ? destinations[0] : undefined, named };
};

const onlyLike = (named: string, destinations: readonly Addressee[]): Addressee | undefined => {
  const form = looseForm(named);
  const alike = destinations.filter(({ recipient }) => looseForm(recipient) === form);
  return alike.length === 1 ? alike[0] : undefined;
};

/**
 * An address without what mail systems add or take away: its `+label` (RFC 5233, subaddress), quotes that it does not
 * need, and the differences between Unicode forms.
 */
const looseForm = (address: string): string => {
  const text = address.normalize('NFKC');
  const folded = foldAddress(text) ?? text.toLowerCase();
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, at).replace(/^"(.*)"$/, '$1');
  const label = local.indexOf('+');
  return `${label > 0 ? local.slice(0, label) : local}${folded.slice(at)}`;
};
