import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSes } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes({ behaviourOf });
});
afterEach(() => ses.stop());

const behaviourOf = (address: string) =>
  address.startsWith('gone') ? 'bounce' : address.startsWith('cross') ? 'complaint' : undefined;
const put = (EmailAddress: string, Reason: SuppressionListReason = 'BOUNCE') =>
  ses.client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
const get = async (EmailAddress: string) =>
  (await ses.client.send(new GetSuppressedDestinationCommand({ EmailAddress }))).SuppressedDestination;
const addresses = async () => {
  const { SuppressedDestinationSummaries } = await ses.client.send(new ListSuppressedDestinationsCommand({}));
  return SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress);
};

describe('sending to a listed address', () => {
  it('is a bounce if the reason is BOUNCE', async () => {
    await put('ann@example.com', 'BOUNCE');
    const events = await ses.eventsOf('Ann Ball <ann@example.com>');

    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Bounce']);
    expect(events[1].bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: [{ emailAddress: 'Ann Ball <ann@example.com>', action: 'failed', status: '5.1.1' }],
    });
  });

  it('is a complaint if the reason is COMPLAINT', async () => {
    await put('ann@example.com', 'COMPLAINT');
    const events = await ses.eventsOf('ann@example.com');

    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Complaint']);
    expect(events[1].complaint.complaintSubType).toBe('OnAccountSuppressionList');
    expect(events[1].complaint).not.toHaveProperty('complaintFeedbackType');
  });

  it('ignores case, unlike the list’s operations', async () => {
    await put('Ann@example.com');
    const events = await ses.eventsOf('ANN@example.com');

    expect(events[1].bounce.bounceSubType).toBe('OnAccountSuppressionList');
  });

  it('stops only that recipient', async () => {
    await put('ann@example.com');
    const events = await ses.eventsOf('ann@example.com', 'bo@example.com');

    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Bounce', 'Delivery']);
    expect(events[2].delivery.recipients).toEqual(['bo@example.com']);
  });
});

describe('SES’s own entries', () => {
  it('come from a hard bounce, with the ids of message and feedback', async () => {
    const [, { bounce, mail }] = await ses.eventsOf('gone@example.com');

    expect(await get('gone@example.com')).toMatchObject({
      Reason: 'BOUNCE',
      Attributes: { MessageId: mail.messageId, FeedbackId: bounce.feedbackId },
    });
  });

  it('come from a complaint', async () => {
    await ses.eventsOf('cross@example.com');
    const events = await ses.eventsOf('cross@example.com');

    expect(await get('cross@example.com')).toMatchObject({ Reason: 'COMPLAINT' });
    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Complaint']);
  });

  it('are kept in the data folder, and nowhere else', async () => {
    const dataFolder = join(mkdtempSync(join(tmpdir(), 'ses-')), 'data');
    for (const expected of [[], ['ann@example.com']]) {
      await ses.stop();
      ses = await startSes({ dataFolder });

      expect(await addresses()).toEqual(expected);
      await put('ann@example.com');
    }
    await ses.stop();
    ses = await startSes();
    expect(await addresses()).toEqual([]);
    rmSync(dataFolder, { recursive: true });
  });
});
