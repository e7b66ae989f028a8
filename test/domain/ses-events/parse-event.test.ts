import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { bounceEvent, clickEvent, complaintEvent, deliveryEvent, sendEvent } from '../../support/ses-events.ts';
import { QUEUED_AT } from '../../support/sqs-event.ts';

const reading = (body: string) => {
  const read = parseEvent(body, QUEUED_AT);
  if (read.outcome !== 'facts') throw new Error(`acknowledged: ${read.reason}`);
  return read;
};
const changed = (body: string, change: (event: Record<string, Record<string, unknown>>) => void) => {
  const event = JSON.parse(body);
  change(event);
  return JSON.stringify(event);
};

describe('a record of SES', () => {
  it('may hold null for what SES has not', () => {
    const nothing = changed(sendEvent(), ({ mail }) => Object.assign(mail ?? {}, { tags: null, commonHeaders: null }));
    const nobody = changed(bounceEvent(), ({ bounce }) => Object.assign(bounce ?? {}, { bouncedRecipients: null }));

    expect(reading(nothing).facts).toMatchObject([{ recipient: 'ann@example.com', fact: { kind: 'sent' } }]);
    expect(reading(nobody).facts).toMatchObject([{ recipient: 'ann@example.com', fact: { kind: 'bounced_hard' } }]);
  });

  it('keeps what a bounce says of its only recipient, though it names that one by no address', () => {
    const recipients = [{ emailAddress: 'ann', action: 'delayed', status: '4.2.2', diagnosticCode: 'smtp; 452 full' }];
    const { facts, suppressions } = reading(bounceEvent({}, { recipients }));

    expect(facts).toMatchObject([
      { recipient: 'ann@example.com', fact: { kind: 'bounced_soft', details: { status: '4.2.2' } } },
    ]);
    expect(suppressions).toEqual([]);
  });

  it('never holds half a character, which no store would take', () => {
    const { message } = reading(sendEvent({ subject: 'half \ud800', tags: { season: ['\udc00 2026'] } }));

    expect(message.subject?.isWellFormed()).toBe(true);
    expect(message.tags?.season?.[0]?.isWellFormed()).toBe(true);
    expect(reading(sendEvent({ subject: 'whole 🦊' })).message.subject).toBe('whole 🦊');
  });

  it('knows both ways out of a mailing list', () => {
    const out = [
      'https://eu-west-1.user-subscription.com/unsubscribe?token=1',
      `https://mail.club.example/u/${'t'.repeat(43)}`,
    ];
    const other = ['https://club.example/u/ann', 'https://user-subscription.com.evil.example/', 'not a link'];
    const unsubscribes = (link: string) => reading(clickEvent({}, link)).facts[0]?.fact.details.unsubscribe === 'yes';

    expect(out.map(unsubscribes)).toEqual([true, true]);
    expect(other.map(unsubscribes)).toEqual([false, false, false]);
  });

  it('ends no complaint when not-spam names several, of whom one may have complained', () => {
    const several = ['ann@example.com', 'bo@example.com'];

    expect(reading(complaintEvent({}, { feedback: 'Not-Spam' })).suppressions).toMatchObject([
      { cause: 'complaint', ends: {} },
    ]);
    expect(reading(complaintEvent({ destination: several }, { feedback: 'not-spam' })).suppressions).toEqual([]);
  });

  it('is a legacy notification where its eventType is empty', () => {
    const legacy = changed(deliveryEvent(), (event) =>
      Object.assign(event, { eventType: '', notificationType: 'Delivery' }),
    );

    expect(reading(legacy).facts).toHaveLength(1);
  });
});
