import { describe, expect, it } from 'vitest';
import { bounce } from '../../../lambdas/domain/ses-events/bounce.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const AT = '2026-11-24T10:00:04.000Z';
const ARRIVED_AT = '2026-11-24T10:00:09.000Z';
const ANN = { recipient: 'ann@example.com', spellings: ['Ann@example.com'] };
const message: Message = {
  ...{ messageId: 'own-1', sesMessageId: 'ses-1', acceptedAt: '2026-11-24T10:00:01.000Z' },
  destinations: addressees(['Ann@example.com']),
};
/** The details of a bounce with a DSN for its only recipient. */
const told = (body: object, dsn: object = {}) =>
  bounce(
    {
      bounce: {
        ...{ bounceType: 'Permanent', bounceSubType: 'General', timestamp: AT, reportingMTA: 'dns; mx.example.com' },
        bouncedRecipients: [{ emailAddress: 'ann@example.com', ...dsn }],
        ...body,
      },
    },
    message,
    ARRIVED_AT,
  );
const begun = (note: string, more: object = {}) => ({ at: AT, source: 'ses_event', messageId: 'own-1', note, ...more });
const suppressed = (cause: string, begins: object) => ({
  ...{ address: ANN.recipient, spellings: ANN.spellings },
  ...{ cause, begins },
});

describe('a bounce', () => {
  it('has the reports of SES and of the remote server for its recipient', () => {
    const dsn = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 no such user' };

    expect(told({}, dsn).facts).toEqual([
      {
        ...ANN,
        fact: {
          kind: 'bounced_hard',
          at: AT,
          details: {
            ...{ type: 'Permanent', subtype: 'General', action: 'failed', status: '5.1.1', mta: 'dns; mx.example.com' },
            diagnostic: 'smtp; 550 5.1.1 no such user',
          },
        },
      },
    ]);
  });

  it.each([
    ['relayed', 'relayed'],
    ['delivered', 'relayed'],
    ['expanded', 'relayed'],
    ['delayed', 'deferred'],
  ])('that only says %s is none, and is not shown as one', (action, kind) => {
    const { facts, suppressions } = told({}, { action });

    expect(facts).toEqual([{ ...ANN, fact: { kind, at: AT, details: { action, mta: 'dns; mx.example.com' } } }]);
    expect(suppressions).toEqual([]);
  });

  it.each(['Suppressed', 'OnAccountSuppressionList', 'OnTenantSuppressionList', 'UnsubscribedRecipient'])(
    'of subtype %s says that SES did not try, whatever type it is filed under',
    (bounceSubType) => {
      for (const bounceType of ['Permanent', 'Transient', 'Undetermined']) {
        const { facts } = told({ bounceType, bounceSubType }, { action: 'delayed' });

        expect(facts).toMatchObject([{ fact: { kind: 'suppressed', details: { subtype: bounceSubType } } }]);
      }
    },
  );

  it.each([
    ['a Transient one', { bounceType: 'Transient' }],
    ['an Undetermined one', { bounceType: 'Undetermined' }],
    ['of an address that SES found invalid', { bounceSubType: 'EmailValidationSuppressed' }],
    ['by the suppression list of a tenant', { bounceSubType: 'OnTenantSuppressionList' }],
    ['of a contact that left the contact list', { bounceSubType: 'UnsubscribedRecipient' }],
  ])('suppresses nobody where it is %s', (_, body) => {
    expect(told(body).suppressions).toEqual([]);
  });
});

describe('the suppression by a bounce', () => {
  it('is for good where it is a hard one', () => {
    expect(told({}, { status: '5.1.1' }).suppressions).toEqual([
      suppressed('bounce', begun('bounced_hard Permanent General 5.1.1')),
    ]);
  });

  it('ends after 14 days where the report names another address, to which the mail was forwarded', () => {
    expect(told({}, { emailAddress: 'ann@example.net' }).suppressions).toEqual([
      suppressed('forwarded_bounce', begun('bounced_hard Permanent General', { endsAt: '2026-12-08T10:00:04.000Z' })),
    ]);
  });

  it('ends after 14 days where the address is on SES’s global list', () => {
    expect(told({ bounceSubType: 'Suppressed' }).suppressions).toEqual([
      suppressed('ses_global_list', begun('suppressed Permanent Suppressed', { endsAt: '2026-12-08T10:00:04.000Z' })),
    ]);
  });

  it('says so where SES has the address on the account’s list', () => {
    expect(told({ bounceSubType: 'OnAccountSuppressionList' }).suppressions).toEqual([
      suppressed('bounce', begun('suppressed Permanent OnAccountSuppressionList', { onSesList: true })),
    ]);
  });
});
