import { describe, expect, it } from 'vitest';
import { complaint } from '../../../lambdas/domain/ses-events/complaint.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const SAID = '2026-11-24T10:00:04.000Z';
const ARRIVED_AT = '2026-11-24T10:00:09.000Z';
const told = (body: object, ...destinations: readonly string[]) => {
  const message: Message = {
    ...{ messageId: 'own-1', sesMessageId: 'ses-1', acceptedAt: '2026-11-24T10:00:01.000Z' },
    destinations: addressees(destinations),
  };
  const complainedRecipients = destinations.map((emailAddress) => ({ emailAddress }));
  return complaint({ complaint: { complainedRecipients, timestamp: SAID, ...body } }, message, ARRIVED_AT);
};
const begun = (note: string, more: object = {}) => ({ source: 'ses_event', messageId: 'own-1', note, ...more });

describe('a complaint', () => {
  it('suppresses whom it names from when it arrived', () => {
    const body = { complaintFeedbackType: 'abuse', complaintSubType: null, userAgent: 'ExampleFeedback/1.0' };

    expect(told(body, 'Ann@example.com')).toEqual({
      facts: [
        {
          ...{ recipient: 'ann@example.com', spellings: ['Ann@example.com'] },
          fact: { kind: 'complained', at: SAID, details: { feedback: 'abuse', agent: 'ExampleFeedback/1.0' } },
        },
      ],
      suppressions: [
        {
          ...{ address: 'ann@example.com', spellings: ['Ann@example.com'], cause: 'complaint' },
          begins: { at: ARRIVED_AT, ...begun('complained abuse') },
        },
      ],
    });
  });

  it('that names several suppresses each as one of those who may have complained', () => {
    const { suppressions } = told({ complaintFeedbackType: 'abuse' }, 'ann@example.com', 'bo@example.com');
    const begins = { at: ARRIVED_AT, ...begun('complained abuse, one of several named', { ambiguous: true }) };

    expect(suppressions).toEqual([
      { address: 'ann@example.com', spellings: ['ann@example.com'], cause: 'complaint', begins },
      { address: 'bo@example.com', spellings: ['bo@example.com'], cause: 'complaint', begins },
    ]);
  });

  it('that SES foresaw by the account’s suppression list says that the address is on it', () => {
    const { facts, suppressions } = told({ complaintSubType: 'OnAccountSuppressionList' }, 'ann@example.com');
    const begins = { at: SAID, ...begun('suppressed OnAccountSuppressionList', { onSesList: true }) };

    expect(facts).toMatchObject([{ fact: { kind: 'suppressed' } }]);
    expect(suppressions).toEqual([
      { address: 'ann@example.com', spellings: ['ann@example.com'], cause: 'complaint', begins },
    ]);
  });

  it('that SES foresaw by the suppression list of a tenant suppresses nobody', () => {
    const { facts, suppressions } = told({ complaintSubType: 'OnTenantSuppressionList' }, 'ann@example.com');

    expect(facts).toMatchObject([{ fact: { kind: 'suppressed' } }]);
    expect(suppressions).toEqual([]);
  });

  it('of a subtype that names no list is one', () => {
    for (const complaintSubType of ['Novel', 'SuppressionList', 'NotOnAccountSuppressionList']) {
      expect(told({ complaintSubType }, 'ann@example.com').facts).toMatchObject([{ fact: { kind: 'complained' } }]);
    }
  });
});
