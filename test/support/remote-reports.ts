import fc from 'fast-check';

/**
 * Reports of remote servers: bounces, complaints, delays and deliveries with any content, of emails of one campaign.
 */
export type Report = Readonly<{
  /** The record's body: an SES event in SNS's envelope. */
  body: string;
  messageId: string;
  destinations: readonly string[];
  /** AWS's clocks (ISO 8601): when SES accepted the email, and when SNS received the event. */
  acceptedAt: string;
  arrivedAt: string;
}>;

export const CAMPAIGN = 'reported';
const START = Date.parse('2026-11-24T10:00:00.000Z');
export const MEMBERS = ['Ann@example.com', 'bo+club@example.net', 'cy@example.org'] as const;

/** Not recipients: forwarding targets, the sender, members without their labels or at other domains. */
const anAddress = fc.constantFrom(
  ...['ann@example.com', 'ANN@EXAMPLE.COM', 'Ann <ann@example.com>', 'bo@example.net', 'bo+other@example.net'],
  ...['stranger@forwarded.example', 'office@club.example', 'ann@forwarded.example', 'rfc822; cy@example.org'],
  ...['', 'nobody', 'a@b@c', '"quoted one"@example.net', 'ünï@example.org', `${'x'.repeat(300)}@example.com`],
);
const aRemoteTime = fc.oneof(
  fc.constantFrom('2036-01-01T00:00:00.000Z', '1999-12-31T23:59:59Z', '2026-11-24T12:00:00+02:00', 'yesterday', ''),
  fc.integer({ min: -86_400_000, max: 86_400_000 }).map((off) => new Date(START + off).toISOString()),
);
const aText = fc.constantFrom('smtp; 550 5.1.1 unknown', 'smtp; 452 4.2.2 full', '5.7.1', '{"x":1}', 'y'.repeat(2_000));
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const anEntry = fc.record({
  emailAddress: anAddress,
  action: optional(fc.constantFrom('failed', 'delayed', 'relayed', 'expanded', 'delivered', 'DELAYED', 'odd')),
  status: optional(fc.constantFrom('5.1.1', '4.4.1', '5.7.1', '5.0.0', '2.0.0', 'none')),
  diagnosticCode: optional(aText),
});
const entries = fc.array(anEntry, { maxLength: 3 });

const aBounce = fc.record({
  eventType: fc.constant('Bounce'),
  bounce: fc.record({
    bounceType: fc.constantFrom('Permanent', 'Permanent', 'Transient', 'Undetermined', 'Novel'),
    bounceSubType: fc.constantFrom(
      ...['General', 'General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList', 'MailboxFull'],
      ...['ContentRejected', 'MessageTooLarge', 'EmailValidationSuppressed', 'UnsubscribedRecipient', 'Novel'],
    ),
    bouncedRecipients: entries,
    timestamp: aRemoteTime,
    reportingMTA: optional(fc.constantFrom('dns; mx.example.com', 'dns; a8-45.smtp-out.eu-west-1.amazonses.com')),
  }),
});
const aComplaint = fc.record({
  eventType: fc.constant('Complaint'),
  complaint: fc.record({
    complainedRecipients: entries,
    timestamp: aRemoteTime,
    complaintSubType: fc.constantFrom(null, null, 'OnAccountSuppressionList'),
    complaintFeedbackType: optional(
      fc.constantFrom('abuse', 'fraud', 'other', 'not-spam', 'auth-failure', 'virus', 'Novel'),
    ),
  }),
});
const aDelivery = fc.record({
  eventType: fc.constant('Delivery'),
  delivery: fc.record({ recipients: fc.array(anAddress, { maxLength: 2 }), smtpResponse: aText }),
});

/** One report of one of a few emails; each email always has the same destinations. */
const aReport: fc.Arbitrary<Report> = fc
  .tuple(fc.oneof(aBounce, aBounce, aComplaint, aDelivery), fc.nat(4), fc.integer({ min: 0, max: 600 }))
  .map(([event, email, seconds]) => {
    const acceptedAt = new Date(START + email * 60_000).toISOString();
    const arrivedAt = new Date(START + email * 60_000 + (seconds + 1) * 1_000).toISOString();
    const destinations = [[MEMBERS[0]], [MEMBERS[1]], [MEMBERS[2]], [MEMBERS[0], MEMBERS[1]], []][email] ?? [];
    const messageId = `reported-${email}`;
    const mail = { timestamp: acceptedAt, messageId, destination: destinations, tags: { campaign: [CAMPAIGN] } };
    const Message = JSON.stringify({ ...event, mail });
    const body = JSON.stringify({ Type: 'Notification', Message, Timestamp: arrivedAt });
    return { body, messageId, destinations, acceptedAt, arrivedAt };
  });

export const reports = fc.array(aReport, { minLength: 1, maxLength: 8 });

/** A hard bounce of an email to a member, accepted at a time; the server's clock may be anything. */
export const hardBounce = (member: string, acceptedAt: string, timestamp: string): string =>
  JSON.stringify({
    Type: 'Notification',
    Timestamp: new Date(Date.parse(acceptedAt) + 2_000).toISOString(),
    Message: JSON.stringify({
      eventType: 'Bounce',
      mail: { timestamp: acceptedAt, messageId: `next-${member}-${acceptedAt}`, destination: [member] },
      bounce: {
        ...{ bounceType: 'Permanent', bounceSubType: 'General', timestamp, reportingMTA: 'dns; mx.example.com' },
        bouncedRecipients: [{ emailAddress: member, action: 'failed', status: '5.1.1' }],
      },
    }),
  });
