import { makeToken } from '../../public-links/token.ts';
import { escapeHtml } from './escape-html.ts';

/** Whose links, and what they are signed with. */
export type LinksOf = Readonly<{
  /** Where the API answers, without a slash at the end. */
  publicUrl: string;
  secret: string;
  messageId: string;
  /** The address as it is sent to. */
  recipient: string;
  category?: string | undefined;
}>;

/** The link by which a recipient leaves. Of characters that a header and HTML take as they are. */
export const unsubscribeUrl = ({ publicUrl, secret, ...claims }: LinksOf): string =>
  `${publicUrl}/u/${makeToken(secret, { kind: 'unsubscribe', ...claims })}`;

/** The picture that tells whether an email is kept open. */
const pixelUrl = ({ publicUrl, secret, ...claims }: LinksOf): string =>
  `${publicUrl}/r/${makeToken(secret, { kind: 'open', ...claims })}.gif`;

/**
 * Has SES leave the links to `url` as they are (SES guide, faqs-metrics: the attribute is taken out before sending).
 * Through SES's own redirection, leaving would depend on SES, and count as a click.
 *
 * A template that escapes every value has escaped the link too; it is put back as it is, for programs that read links
 * without decoding HTML.
 */
export const untracked = (html: string, url: string): string =>
  html
    .replaceAll(escapeHtml(url), url)
    .replaceAll(ANCHOR, (tag) => (tag.includes(url) ? `${tag.slice(0, 2)} ses:no-track${tag.slice(2)}` : tag));

/**
 * An anchor's opening tag: `>` within quotes does not end it. Outside of them a `<` does: a search that went on behind it
 * would go over the rest once for each tag that is never closed.
 */
const ANCHOR = /<a\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/** HTML with the pixel as the last thing in its body. */
export const withPixel = (html: string, links: LinksOf): string => {
  const pixel = `<img src="${pixelUrl(links)}" width="1" height="1" alt="" style="display:block">`;
  // Not found in lower case: that of a Turkish İ is longer, and every place behind it another one.
  const end = [...html.matchAll(BODY_END)].at(-1)?.index;
  return end === undefined ? html + pixel : html.slice(0, end) + pixel + html.slice(end);
};

const BODY_END = /<\/body>/gi;
