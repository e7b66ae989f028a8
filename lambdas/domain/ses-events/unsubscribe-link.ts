import { isObject } from '../values/json.ts';
import { beginsLikeToken } from '../values/link-token.ts';

/**
 * Whether a clicked link is an unsubscribe link: Mailtrail's, SES's page, or one of the email's own `List-Unsubscribe`
 * header. A click on one is recorded, but shows no interest in the email.
 *
 * @param headers `mail.headers` of the click's event; if SES omitted or cut it, the other two rules apply
 */
export const isUnsubscribeLink = (link: string, headers?: unknown): boolean => {
  const clicked = readLink(link);
  if (clicked === undefined) return false;
  if (isOurs(clicked.url.pathname) || SES_PAGE.test(clicked.url.hostname)) return true;
  return unsubscribeUrls(headers).some((announced) => leadsTo(clicked, announced));
};

/** Where `{{amazonSESUnsubscribeUrl}}` leads: a host for each Region (AWS re:Post, QUgUn8jCfZRdidun5_2odz8A). */
const SES_PAGE = /(?:^|\.)user-subscription\.com\.?$/;

/** `/u/` and the beginning of a signed token: a mail program may append text to a link. */
const isOurs = (path: string): boolean => path.startsWith('/u/') && beginsLikeToken(path.slice('/u/'.length));

type Link = Readonly<{ url: URL; path: string }>;

/**
 * The URLs of `List-Unsubscribe` that a person can follow (RFC 2369: in angle brackets, separated by commas, with white
 * space inside them to be ignored).
 */
const unsubscribeUrls = (headers: unknown): readonly Link[] =>
  (Array.isArray(headers) ? headers : [])
    .flatMap((header) =>
      isObject(header) && typeof header.name === 'string' && typeof header.value === 'string'
        ? [{ name: header.name.trim().toLowerCase(), value: header.value }]
        : [],
    )
    .filter(({ name }) => name === 'list-unsubscribe')
    .flatMap(({ value }) => (value.includes('<') ? value.match(/(?<=<)[^>]*/g) : value.split(/[\s,]/)) ?? [])
    .flatMap((url) => readLink(url.replace(/\s/g, '')) ?? []);

/**
 * A link in a form to be compared: `URL` folds scheme and host, punctuation that a program included in the link is cut
 * off, and an `&` may be written as in HTML.
 */
const readLink = (text: string): Link | undefined => {
  const url = URL.parse(text.trim().replaceAll('&amp;', '&').replace(TRAILING, ''));
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return { url, path: plain(url.pathname).replace(/\/+$/, '') };
};

const TRAILING = /(?:[.,;:!?)\]}>'"*]|%(?:3E|22|27|5D|7D|29))+$/i;

/** A text without percent-encoding, even if it was encoded twice; a space may be written as `+`. */
const plain = (text: string): string => decoded(decoded(text)).replaceAll(' ', '+');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Same host and path, however they are encoded, and every parameter of the header's URL. A clicked link may have more
 * of them, such as those of a statistics program; but a site's front page with a parameter is another page.
 */
const leadsTo = (clicked: Link, announced: Link): boolean => {
  if (clicked.url.host !== announced.url.host || clicked.path !== announced.path) return false;
  const [given, asked] = [clicked, announced].map(({ url }) => parametersOf(url)) as [Set<string>, Set<string>];
  if (asked.size === 0 && announced.path === '') return given.size === 0;
  return [...asked].every((parameter) => given.has(parameter));
};

const parametersOf = ({ searchParams }: URL): Set<string> =>
  new Set([...searchParams].map(([name, value]) => `${plain(name)}=${plain(value)}`));
