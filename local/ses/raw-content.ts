import PostalMime, { type Address } from 'postal-mime';
import type { Content } from './email.ts';
import { readTagsHeader, type Tags } from './message-tags.ts';
import { type Destination, type Mailbox, mailbox } from './recipient.ts';
import { badRequest, type Members, textMember } from './rest-json.ts';
import { isEicar } from './virus-scan.ts';

/** What the headers of a Raw email set besides its content; the request's parameters take precedence. */
export type RawEmail = Readonly<{
  content: Content;
  from: string | undefined;
  destination: Destination;
  configurationSet: string | undefined;
  tags: Tags;
}>;

/**
 * Content.Raw: a MIME message.
 *
 * @throws SesError BadRequestException without data, without headers, or on an address SES cannot send to
 */
export const readRaw = async (raw: Members): Promise<RawEmail> => {
  const data = textMember(raw, 'Data') ?? '';
  if (data === '') throw badRequest('Content.Raw.Data is required.');
  const message = await PostalMime.parse(Buffer.from(data, 'base64'));
  if (message.headers.length === 0) throw badRequest('Content.Raw.Data is not a MIME message: it has no headers.');
  const headerOf = (name: string) => message.headers.find(({ key }) => key === name)?.value.trim();
  return {
    content: {
      // SES removes its own headers before sending, and Bcc, which the other recipients must not see.
      headers: message.headers
        .filter(({ key }) => key !== 'bcc' && !key.startsWith('x-ses-'))
        .map(({ originalKey, value }) => ({ name: originalKey, value })),
      subject: message.subject,
      html: message.html,
      text: message.text,
      rendered: false,
      renderingFailure: undefined,
      infected: message.attachments.some(({ content }) =>
        isEicar(typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)),
      ),
    },
    from: headerOf('from'),
    destination: { to: mailboxes(message.to), cc: mailboxes(message.cc), bcc: mailboxes(message.bcc) },
    configurationSet: headerOf('x-ses-configuration-set'),
    tags: readTagsHeader(headerOf('x-ses-message-tags') ?? ''),
  };
};

const mailboxes = (addresses: readonly Address[] = []): readonly Mailbox[] =>
  addresses
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) => mailbox(name === '' ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`));
