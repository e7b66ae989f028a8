import { ACCOUNT_ID, REGION } from './account.ts';
import type { Email, Header } from './email.ts';
import { isoTime } from './feedback.ts';
import type { EventType, Outcome } from './outcome.ts';
import { mailbox } from './recipient.ts';

/**
 * An event as SES publishes it to a topic: fields in the order of its documentation's examples (SES Developer Guide,
 * event-publishing-retrieving-sns-examples), and a newline at the end (recorded).
 */
export const eventText = (email: Email, { eventType, body }: Outcome): string => {
  const key = KEYS[eventType];
  const mail = mailOf(email, eventType);
  const event = BODY_FIRST.has(eventType) ? { eventType, [key]: body, mail } : { eventType, mail, [key]: body };
  return `${JSON.stringify(event)}\n`;
};

const KEYS: Readonly<Record<EventType, string>> = {
  Send: 'send',
  Delivery: 'delivery',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Reject: 'reject',
  Open: 'open',
  Click: 'click',
  'Rendering Failure': 'failure',
};
const BODY_FIRST: ReadonlySet<EventType> = new Set(['Bounce', 'Complaint', 'Click']);

const mailOf = (email: Email, eventType: EventType): object => {
  const timestamp = isoTime(email.acceptedAt);
  const { source, messageId } = email;
  const destination = email.recipients.map(({ written }) => written);
  const tags = tagsOf(email, eventType);
  const sourceArn = `arn:aws:ses:${REGION}:${ACCOUNT_ID}:identity/${domainOf(source)}`;
  const common = { timestamp, source, sourceArn, sendingAccountId: ACCOUNT_ID, messageId, destination };
  if (eventType === 'Rendering Failure') return { ...common, headersTruncated: false, tags };
  const shown = headersOf(email, eventType);
  if (eventType !== 'Open' && eventType !== 'Click') return { ...common, ...shown, tags };
  // Open and Click have their fields in alphabetical order and no sourceArn.
  const { headersTruncated, headers, commonHeaders } = shown;
  return {
    commonHeaders,
    destination,
    headers,
    headersTruncated,
    messageId,
    sendingAccountId: ACCOUNT_ID,
    source,
    tags,
    timestamp,
  };
};

/** Headers are shown up to 10 KB (SES Developer Guide, event-publishing-retrieving-sns-contents). */
const HEADERS_SHOWN = 10 * 1024;

const headersOf = ({ content, source, replyTo, destination, messageId }: Email, eventType: EventType) => {
  // A template is rendered after Send: only the later events have its subject.
  const subject = content.rendered && eventType === 'Send' ? undefined : content.subject;
  const all = content.headers.filter(({ name }) => subject !== undefined || name.toLowerCase() !== 'subject');
  const headers = upTo(HEADERS_SHOWN, all);
  const { to, cc } = destination;
  return {
    headersTruncated: headers.length < all.length,
    headers,
    commonHeaders: {
      from: [source],
      ...(replyTo.length > 0 ? { replyTo } : {}),
      to: to.map(({ written }) => written),
      ...(cc.length > 0 ? { cc: cc.map(({ written }) => written) } : {}),
      messageId,
      ...(subject === undefined ? {} : { subject }),
    },
  };
};

const upTo = (size: number, headers: readonly Header[]): readonly Header[] => {
  let total = 0;
  return headers.filter(({ name, value }) => {
    total += Buffer.byteLength(name) + Buffer.byteLength(value);
    return total <= size;
  });
};

/** SES's own tags, then the sender's; those about the outgoing connection only once there is one (recorded). */
const tagsOf = ({ source, configurationSet, tags }: Email, eventType: EventType) => ({
  'ses:source-tls-version': ['TLSv1.3'],
  'ses:operation': ['SendEmail'],
  ...(configurationSet === undefined ? {} : { 'ses:configuration-set': [configurationSet] }),
  'ses:source-ip': ['192.0.2.1'],
  'ses:from-domain': [domainOf(source)],
  'ses:caller-identity': ['local'],
  ...(eventType === 'Delivery' ? { 'ses:outgoing-ip': ['192.0.2.2'], 'ses:outgoing-tls-version': ['TLSv1.3'] } : {}),
  ...tags,
});

const domainOf = (source: string): string => mailbox(source).address.split('@').at(-1)?.toLowerCase() ?? '';
