/** Builders of SES events (SES Developer Guide, event-publishing-retrieving-sns-examples). */

export type Mail = Readonly<{
  messageId?: string;
  timestamp?: string;
  destination?: readonly string[];
  subject?: string;
  tags?: Readonly<Record<string, readonly string[]>>;
}>;

export const ACCEPTED_AT = '2026-11-24T10:00:01.000Z';

const mail = ({
  messageId = '0100019abc-000000',
  timestamp = ACCEPTED_AT,
  destination = ['Ann@example.com'],
  subject,
  tags = {},
}: Mail) => ({
  timestamp,
  source: 'Office <office@club.example>',
  sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/club.example',
  sendingAccountId: '123456789012',
  messageId,
  destination,
  headersTruncated: false,
  ...(subject !== undefined && {
    headers: [{ name: 'Subject', value: subject }],
    commonHeaders: { from: ['office@club.example'], to: destination, messageId, subject },
  }),
  tags: { 'ses:configuration-set': ['mailtrail'], 'ses:source-ip': ['192.0.2.1'], ...tags },
});

const event = (eventType: string, of: Mail, body: object) => JSON.stringify({ eventType, mail: mail(of), ...body });

const to = ({ destination = ['Ann@example.com'] }: Mail) => destination;

export const sendEvent = (of: Mail = {}) => event('Send', of, { send: {} });

export const deliveryEvent = (of: Mail = {}, timestamp = '2026-11-24T10:00:03.120Z', recipients = to(of)) =>
  event('Delivery', of, {
    delivery: {
      timestamp,
      processingTimeMillis: 2120,
      recipients,
      smtpResponse: '250 2.0.0 OK 1732442403 a1-b2.42 - gsmtp',
      reportingMTA: 'a8-31.smtp-out.amazonses.com',
    },
  });

export type BouncedRecipient = Readonly<{
  emailAddress: string;
  action?: string;
  status?: string;
  diagnosticCode?: string;
}>;

export const bounceEvent = (
  of: Mail = {},
  {
    type = 'Permanent',
    subtype = 'General',
    timestamp = '2026-11-24T10:00:04.000Z',
    ...more
  }: {
    type?: string;
    subtype?: string;
    timestamp?: string;
    recipients?: readonly BouncedRecipient[];
    evidence?: boolean;
  } = {},
) => {
  const {
    evidence = true,
    recipients = to(of).map((emailAddress) => ({
      emailAddress,
      ...(evidence && {
        action: 'failed',
        status: type === 'Permanent' ? '5.1.1' : '4.2.2',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      }),
    })),
  } = more;
  return event('Bounce', of, {
    bounce: {
      bounceType: type,
      bounceSubType: subtype,
      bouncedRecipients: recipients,
      timestamp,
      feedbackId: '0100019abd-000000',
      ...(evidence && { reportingMTA: 'dsn; a8-31.smtp-out.amazonses.com' }),
    },
  });
};

export const complaintEvent = (
  of: Mail = {},
  {
    feedback = 'abuse',
    subtype = null,
    timestamp = '2026-11-24T10:00:02.900Z',
    recipients = to(of),
  }: {
    feedback?: string | null;
    subtype?: string | null;
    timestamp?: string;
    recipients?: readonly string[];
  } = {},
) =>
  event('Complaint', of, {
    complaint: {
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp,
      feedbackId: '0100019abe-000000',
      complaintSubType: subtype,
      ...(feedback !== null && {
        userAgent: 'ExampleFeedback/1.0',
        complaintFeedbackType: feedback,
        arrivalDate: timestamp,
      }),
    },
  });

export const delayEvent = (of: Mail = {}, timestamp = '2026-11-24T10:05:00.000Z') =>
  event('DeliveryDelay', of, {
    deliveryDelay: {
      timestamp,
      delayType: 'MailboxFull',
      expirationTime: '2026-11-25T00:05:00.000Z',
      reportingMTA: 'a8-31.smtp-out.amazonses.com',
      delayedRecipients: to(of).map((emailAddress) => ({
        emailAddress,
        status: '4.2.2',
        diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
      })),
    },
  });

export const openEvent = (of: Mail = {}, timestamp = '2026-11-24T11:00:00.000Z', isBotEvent = 'Unlikely') =>
  event('Open', of, {
    open: { ipAddress: '192.0.2.7', timestamp, userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', isBotEvent },
  });

export const clickEvent = (
  of: Mail = {},
  link = 'https://club.example/statements/2026/october?member=1042',
  timestamp = '2026-11-24T11:00:09.000Z',
) =>
  event('Click', of, {
    click: {
      ipAddress: '192.0.2.7',
      timestamp,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
      link,
      linkTags: null,
      isBotEvent: 'Unlikely',
    },
  });

export const rejectEvent = (of: Mail = {}) => event('Reject', of, { reject: { reason: 'Bad content' } });

export const failureEvent = (of: Mail = {}) =>
  event('Rendering Failure', of, {
    failure: { templateName: 'statement', errorMessage: "Attribute 'name' is not present in the rendering data." },
  });

/** Opts out of everything by default; `out` and `wasOut` are the topics opted out of now and before. */
export const subscriptionEvent = (
  of: Mail = {},
  { all = true, was = false, timestamp = '2026-11-24T12:00:00.000Z', ...topics }: Partial<Preferences> = {},
) => {
  const { out = ['news'], wasOut = ['news'] } = topics;
  const named = [...new Set([...out, ...wasOut])];
  const preferences = (unsubscribeAll: boolean, left: readonly string[]) => ({
    unsubscribeAll,
    topicSubscriptionStatus: named.map((topicName) => ({
      topicName,
      subscriptionStatus: left.includes(topicName) ? 'OptOut' : 'OptIn',
    })),
    topicDefaultSubscriptionStatus: [],
  });
  return event('Subscription', of, {
    subscription: {
      contactList: 'members',
      timestamp,
      source: 'UnsubscribeHeader',
      newTopicPreferences: preferences(all, out),
      oldTopicPreferences: preferences(was, wasOut),
    },
  });
};

type Preferences = Readonly<{
  all: boolean;
  was: boolean;
  timestamp: string;
  out: readonly string[];
  wasOut: readonly string[];
}>;
