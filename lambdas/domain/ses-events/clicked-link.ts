import type { Fact } from '../status/fact.ts';

/**
 * A clicked link as it is kept and shown. A link in an email often lets anyone who has it act for the recipient (reset a
 * password, confirm, vote), so what can be a secret or a person's is left out:
 *
 * - the values of the query, but for `utm_*`, which name campaigns
 * - user information and fragment
 * - parts of the path that look like tokens
 *
 * What is left out in query and path shows as `…`. Cutting what is cut changes nothing, also where the line that keeps it
 * had no room for all of it (fact-line.ts). Two links that are equal then are one link.
 */
export const keptLink = (link: string): string => {
  const [shortened = ''] = SHORTENED.exec(link) ?? [];
  const whole = link.slice(0, link.length - shortened.length);
  const [, scheme = '', authority = '', path = '', query = ''] = PARTS.exec(whole) ?? [];
  return scheme + authority.replace(/^\/\/.*@/s, '//') + keptPath(path) + keptQuery(query) + shortened;
};

/** A click with the whole link, to be kept so; where nothing would be left out it is the same either way. */
export const withWholeLink = (fact: Fact): Fact => {
  const { link, ...details } = fact.details;
  return link === undefined || keptLink(link) === link ? fact : { ...fact, details: { ...details, url: link } };
};

/** What ends a text that had no room: `…` and a digest of 64 bits. */
const SHORTENED = /…[\w-]{11}$/;

const PARTS = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#\\]*)?([^?#]*)(\?[^#]*)?/i;

const keptPath = (path: string): string => {
  const [, own, rest = ''] = OWN_LINK.exec(path) ?? [];
  // A token of ours has more than 60 characters, and whatever a program added to it belongs to it.
  if (own !== undefined) return `${own}${rest.length >= SHORTEST_TOKEN ? '…' : rest}`;
  return path
    .split('/')
    .map((part) => (isSecret(decoded(part)) ? '…' : part))
    .join('/');
};

/** Leaving and the pixel (docs/links.md). */
const OWN_LINK = /^(\/[ur]\/)([^/]*)/;

const keptQuery = (query: string): string =>
  query
    .split('&')
    .map((parameter, position) => {
      const start = position === 0 ? parameter.slice(0, 1) : '';
      return start + keptParameter(parameter.slice(start.length));
    })
    .join('&');

const keptParameter = (parameter: string): string => {
  const end = parameter.indexOf('=');
  // A query without names is a value: `?4f3a9c`. A word alone is a name: `?print`.
  if (end < 0) return parameter === '' || /^[A-Za-z_]{1,20}$/.test(parameter) ? parameter : '…';
  const [name, value] = [parameter.slice(0, end), parameter.slice(end + 1)];
  if (value === '' || /^utm_\w+$/i.test(name)) return parameter;
  return `${isSecret(decoded(name)) ? '…' : name}=…`;
};

const SHORTEST_TOKEN = 20;

/**
 * Whether a part of a path is, or may hold, what only the recipient should have: an address, parameters or another link, or
 * a token, which is 20 or more characters that are no words, dates or numbers.
 */
const isSecret = (part: string): boolean => {
  if (/[=;?&#]|[^/]@/.test(part)) return true;
  if (part.length < SHORTEST_TOKEN) return false;
  const words = part.match(/[\p{L}\p{M}\p{N}%]+/gu) ?? [];
  // Most pieces of a serial number such as ab12-cd34-ef56 are of this form.
  const mixed = words.filter((word) => /^\p{L}{1,4}\d/u.test(word));
  return !words.every((word) => WORD.test(word)) || mixed.length * 2 > words.length;
};

const LOWER = '[\\p{Ll}\\p{Lo}\\p{M}]';

/** As in `ReportOfMay`. Each begins with a capital, so that no text is read in more than one way. */
const CAPITALIZED = `(?:\\p{Lu}${LOWER}{2,}|\\p{Lu}\\p{Ll}(?=\\p{Lu}\\p{Ll}{2}))`;

/** A word in any script, also with a number as in `group1917`; a number, also as in `2nd`. */
const WORD = new RegExp(
  `^(?:\\p{L}|\\p{Lu}+|${LOWER}{2,}${CAPITALIZED}*|${CAPITALIZED}+)\\d{0,4}$|^\\d{1,19}(?:\\p{L}{1,3})?$`,
  'u',
);

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
