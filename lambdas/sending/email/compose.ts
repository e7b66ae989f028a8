import type { SesEmail } from '../../aws/ses/send-email.ts';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { type LinksOf, unsubscribeUrl, untracked, withPixel } from './links.ts';
import { readMailbox, writeMailbox } from './mailbox.ts';
import { checkAddress } from './recipient-address.ts';
import type { Renderer } from './render.ts';
import { type TemplateValues, UNSUBSCRIBE_URL } from './template.ts';

/** The recipient of an email, and that recipient's values for the template. */
export type Addressed = Readonly<{
  messageId: string;
  campaignId?: string | undefined;
  /** As the caller spelled it. */
  sendTo: string;
  values: TemplateValues;
}>;

/** The base URL of links, and the secret that signs them. */
export type Links = Pick<LinksOf, 'publicUrl' | 'secret'>;

/**
 * Composes the email to one recipient.
 * @throws Error if the mailing's sender is no mailbox, which is rejected at acceptance
 */
export const compose = (
  renderer: Renderer,
  mailing: Pick<Mailing, 'from' | 'replyTo' | 'category' | 'unsubscribable' | 'trackReads'>,
  { messageId, campaignId, sendTo, values }: Addressed,
  links: Links,
): SesEmail => {
  const { category } = mailing;
  const of: LinksOf = { ...links, messageId, recipient: sendTo, category };
  const url = unsubscribeUrl(of);
  const { subject, html, text } = renderer.render({ ...values, [UNSUBSCRIBE_URL]: url });
  return {
    from: mailboxIn(mailing.from),
    to: addressIn(sendTo),
    replyTo: mailing.replyTo.map(mailboxIn),
    subject,
    ...(html !== undefined && { html: finished(html, url, mailing.trackReads ? of : undefined) }),
    ...(text !== undefined && { text }),
    headers: mailing.unsubscribable ? oneClick(url) : [],
    tags: [
      { name: 'mailtrail-id', value: messageId },
      ...(campaignId === undefined ? [] : [{ name: 'campaign', value: campaignId }]),
      ...(category === undefined ? [] : [{ name: 'category', value: category }]),
    ],
  };
};

const finished = (html: string, url: string, pixelOf: LinksOf | undefined): string => {
  const linked = untracked(html, url);
  return pixelOf === undefined ? linked : withPixel(linked, pixelOf);
};

/** The headers with which mail programs show an unsubscribe button (RFC 8058). */
const oneClick = (url: string) => [
  { name: 'List-Unsubscribe', value: `<${url}>` },
  { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
];

const mailboxIn = (text: string): string => {
  const mailbox = readMailbox(text);
  // The message does not quote the text, which may be a person's address.
  if (mailbox === undefined) throw new Error('the from or replyTo of a mailing is not a valid mailbox');
  return writeMailbox(mailbox);
};

/** The send policy rejects an invalid address before this is called. */
const addressIn = (text: string): string => {
  const checked = checkAddress(text);
  if ('wrong' in checked) throw new Error('the recipient of an email is not a valid address');
  return checked.address;
};
