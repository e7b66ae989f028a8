import type { Content, Header } from './email.ts';
import { encodeWords } from './message-size.ts';
import type { Destination } from './recipient.ts';

/** The headers SES writes for an email it assembles itself. */
export const assembledHeaders = (
  source: string,
  replyTo: readonly string[],
  { to, cc }: Destination,
  { headers, subject, html }: Content,
): readonly Header[] => {
  const written = (mailboxes: Destination['to']) => mailboxes.map((one) => one.written).join(', ');
  return [
    { name: 'From', value: source },
    ...(replyTo.length > 0 ? [{ name: 'Reply-To', value: replyTo.join(', ') }] : []),
    ...(to.length > 0 ? [{ name: 'To', value: written(to) }] : []),
    ...(cc.length > 0 ? [{ name: 'Cc', value: written(cc) }] : []),
    ...(subject === undefined ? [] : [{ name: 'Subject', value: encodeWords(subject) }]),
    { name: 'MIME-Version', value: '1.0' },
    { name: 'Content-Type', value: `text/${html === undefined ? 'plain' : 'html'}; charset=UTF-8` },
    ...headers,
  ];
};
