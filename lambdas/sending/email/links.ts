import { makeToken } from '../../public-links/token.ts';
import { escapeHtml } from './escape-html.ts';

/** The email that links belong to, and the secret that signs them. */
export type LinksOf = Readonly<{
  /** The base URL of the API, without a trailing slash. */
  publicUrl: string;
  secret: string;
  messageId: string;
  /** The address to which the email is sent. */
  recipient: string;
  category?: string | undefined;
}>;

/** The link to unsubscribe. It has only characters that need no encoding in a header or in HTML. */
export const unsubscribeUrl = ({ publicUrl, secret, ...claims }: LinksOf): string =>
  `${publicUrl}/u/${makeToken(secret, { kind: 'unsubscribe', ...claims })}`;

/** The URL of the read pixel, by which opening an email is recorded. */
const pixelUrl = ({ publicUrl, secret, ...claims }: LinksOf): string =>
  `${publicUrl}/r/${makeToken(secret, { kind: 'open', ...claims })}.gif`;

/**
 * Excludes links to `url` from SES's click tracking (SES guide, faqs-metrics: SES removes the attribute before sending).
 * Through SES's redirection, unsubscribing would depend on SES, and count as a click.
 *
 * The template has escaped the link like every value. The escaping is undone, for programs that read links without
 * decoding HTML.
 */
export const untracked = (html: string, url: string): string =>
  html
    .replaceAll(escapeHtml(url), url)
    .replaceAll(ANCHOR, (tag) => (tag.includes(url) ? `${tag.slice(0, 2)} ses:no-track${tag.slice(2)}` : tag));

/**
 * An anchor's opening tag. A `>` within quotes does not end it. A `<` outside of quotes does: otherwise the search would
 * scan the rest of the text once for each tag that is never closed.
 */
const ANCHOR = /<a\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/** HTML with the read pixel at the end of its body. */
export const withPixel = (html: string, links: LinksOf): string => {
  const pixel = `<img src="${pixelUrl(links)}" width="1" height="1" alt="" style="display:block">`;
  // Not searched in lower case: a Turkish İ gets longer in lower case, which shifts all positions behind it.
  const end = [...html.matchAll(BODY_END)].at(-1)?.index;
  return end === undefined ? html + pixel : html.slice(0, end) + pixel + html.slice(end);
};

const BODY_END = /<\/body>/gi;
