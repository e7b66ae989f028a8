import type { Fact } from '../status/fact.ts';

/**
 * A clicked link as it is stored and shown. A link in an email often lets anyone who has it act for the recipient
 * (reset a password, confirm, vote), so parts that may be secret or personal are omitted:
 *
 * - the values of the query, but for `utm_*`, which name campaigns
 * - user information and fragment
 * - parts of the path that look like tokens
 *
 * Omitted parts of query and path show as `…`. The function is idempotent, even for a link that was cut to fit its line
 * (fact-line.ts). Two links that are equal afterwards are one link.
 */
export const keptLink = (link: string): string => {
  const [shortened = ''] = SHORTENED.exec(link) ?? [];
  const whole = link.slice(0, link.length - shortened.length);
  const [, scheme = '', authority = '', path = '', query = ''] = PARTS.exec(whole) ?? [];
  return scheme + authority.replace(/^\/\/.*@/s, '//') + keptPath(path) + keptQuery(query) + shortened;
};

/** A click that is stored with the whole link; if nothing would be omitted, it is the same either way. */
export const withWholeLink = (fact: Fact): Fact => {
  const { link, ...details } = fact.details;
  return link === undefined || keptLink(link) === link ? fact : { ...fact, details: { ...details, url: link } };
};

/** The end of a text that was cut: `…` and a digest of 64 bits. */
const SHORTENED = /…[\w-]{11}$/;

const PARTS = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#\\]*)?([^?#]*)(\?[^#]*)?/i;

const keptPath = (path: string): string => {
  const [, own, rest = ''] = OWN_LINK.exec(path) ?? [];
  // A Mailtrail token has more than 60 characters; anything a program appended to it is treated as part of it.
  if (own !== undefined) return `${own}${rest.length >= SHORTEST_TOKEN ? '…' : rest}`;
  return path
    .split('/')
    .map((part) => (isSecret(decoded(part)) ? '…' : part))
    .join('/');
};

/** Unsubscribe links and the pixel (docs/links.md). */
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
  // A query without a name is a value: `?4f3a9c`. A single word is a name: `?print`.
  if (end < 0) return parameter === '' || /^[A-Za-z_]{1,20}$/.test(parameter) ? parameter : '…';
  const [name, value] = [parameter.slice(0, end), parameter.slice(end + 1)];
  if (value === '' || /^utm_\w+$/i.test(name)) return parameter;
  return `${isSecret(decoded(name)) ? '…' : name}=…`;
};

const SHORTEST_TOKEN = 20;

/**
 * Whether a part of a path is, or may contain, data for the recipient alone: an address, parameters, another link, or a
 * token, which is 20 or more characters that are not words, dates or numbers.
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

/** As in `ReportOfMay`. Each begins with a capital, so that a text matches in only one way. */
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
