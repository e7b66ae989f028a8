import { bareAddress, foldAddress } from '../values/address.ts';
import { isObject } from '../values/json.ts';
import type { Addressee, Message } from './mail.ts';

/** The destination that an entry of an event concerns, and the address in the entry if it is not a destination. */
export type Attributed = Readonly<{
  /** `undefined` if it cannot be determined: the message has several destinations, or none is known. */
  destination: Addressee | undefined;
  /** The named address, if it is not a destination of the message. */
  named?: string;
}>;

/**
 * The address that an entry of an event names: a text, or an object with `emailAddress`. `undefined` if it is neither.
 */
export const namedAddress = (entry: unknown): string | undefined => {
  const text = isObject(entry) ? entry.emailAddress : entry;
  return typeof text === 'string' ? bareAddress(decoded(text.replace(ADDRESS_TYPE, ''))) : undefined;
};

/** RFC 3464 section 2.3.2: `Final-Recipient: rfc822; ann@example.com`; RFC 6533 section 3: `utf-8; …`. */
const ADDRESS_TYPE = /^\s*(?:rfc822|utf-8)\s*;\s*/i;

/** Characters as RFC 6533 section 3 encodes them in an ASCII report: `\x{E9}`. */
const decoded = (text: string): string =>
  text.replaceAll(/\\x\{([0-9A-Fa-f]{2,6})\}/g, (whole, hex) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });

/**
 * The destination that an entry concerns. The address in a bounce is the report's Final-Recipient (SES Developer Guide,
 * notification-contents), which a remote server wrote: it may be the target of a forwarding, the address without its
 * `+label`, or anything else. It is compared in the form in which addresses are stored, then without labels and in one
 * Unicode form, as long as it matches a single destination. An address without a match is attributed to the only
 * destination, if there is only one.
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
 * An address without what mail systems add or remove: its `+label` (RFC 5233, subaddress), unnecessary quotes, and the
 * differences between Unicode forms.
 */
const looseForm = (address: string): string => {
  const text = address.normalize('NFKC');
  const folded = foldAddress(text) ?? text.toLowerCase();
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, at).replace(/^"(.*)"$/, '$1');
  const label = local.indexOf('+');
  return `${label > 0 ? local.slice(0, label) : local}${folded.slice(at)}`;
};
