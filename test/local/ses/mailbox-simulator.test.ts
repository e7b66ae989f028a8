import { PutSuppressedDestinationCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSes } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

const types = (events: readonly { eventType: string }[]) => events.map(({ eventType }) => eventType);

describe('the mailbox simulator', () => {
  it('delivers to success, without opens', async () => {
    const events = await ses.eventsOf('success@simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Delivery']);
    expect(events[1].delivery.recipients).toEqual(['success@simulator.amazonses.com']);
  });

  it('bounces hard at bounce', async () => {
    const events = await ses.eventsOf('bounce@simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Bounce']);
    expect(events[1].bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'bounce@simulator.amazonses.com',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
    });
  });

  it('delivers to ooto and sends a bounce without the fields of a delivery status notification', async () => {
    const events = await ses.eventsOf('ooto@simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Delivery', 'Bounce']);
    expect(events[2].bounce).toEqual({
      feedbackId: expect.any(String),
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'ooto@simulator.amazonses.com' }],
      timestamp: expect.any(String),
    });
  });

  it('delivers to complaint and complains, stamped before the delivery as recorded', async () => {
    const events = await ses.eventsOf('complaint@simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Delivery', 'Complaint']);
    expect(events[2].complaint).toMatchObject({
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: 'abuse',
    });
    expect(Date.parse(events[1].delivery.timestamp) - Date.parse(events[2].complaint.timestamp)).toBe(23);
  });

  it('bounces at suppressionlist as at any invalid address; only the diagnostic code differs', async () => {
    const events = await ses.eventsOf('suppressionlist@simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Bounce']);
    expect(events[1].bounce).toMatchObject({ bounceType: 'Permanent', bounceSubType: 'General' });
    expect(events[1].bounce.bouncedRecipients[0].diagnosticCode).toContain('suppressed');
  });

  it('ignores a label and case', async () => {
    const events = await ses.eventsOf('Bounce+Order-7@Simulator.amazonses.com');

    expect(types(events)).toEqual(['Send', 'Bounce']);
    expect(events[1].bounce.bouncedRecipients[0].emailAddress).toBe('Bounce+Order-7@Simulator.amazonses.com');
  });

  it('reports several bounces of one email as one event, deliveries one by one', async () => {
    const events = await ses.eventsOf(
      'bounce+1@simulator.amazonses.com',
      'success@simulator.amazonses.com',
      'bounce+2@simulator.amazonses.com',
      'success+2@simulator.amazonses.com',
    );

    expect(types(events).sort()).toEqual(['Bounce', 'Delivery', 'Delivery', 'Send']);
    const [bounce] = events.filter(({ eventType }) => eventType === 'Bounce');
    expect(bounce.bounce.bouncedRecipients.map((one: { emailAddress: string }) => one.emailAddress)).toEqual([
      'bounce+1@simulator.amazonses.com',
      'bounce+2@simulator.amazonses.com',
    ]);
  });

  it('never puts its own addresses on the suppression list', async () => {
    await ses.eventsOf('bounce@simulator.amazonses.com');
    const again = await ses.eventsOf('bounce@simulator.amazonses.com');

    expect(again[1].bounce.bounceSubType).toBe('General');
  });

  it('is overridden by the account’s suppression list', async () => {
    const EmailAddress = 'complaint@simulator.amazonses.com';
    await ses.client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
    const events = await ses.eventsOf(EmailAddress);

    expect(types(events)).toEqual(['Send', 'Bounce']);
    expect(events[1].bounce.bounceSubType).toBe('OnAccountSuppressionList');
  });
});
