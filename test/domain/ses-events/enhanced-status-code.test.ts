import { describe, expect, it } from 'vitest';
import { enhancedStatusCode, failureReason } from '../../../lambdas/domain/ses-events/enhanced-status-code.ts';

describe('the enhanced status code of a failure', () => {
  it.each([
    ['the status', { status: '5.1.1' }, '5.1.1'],
    ['the status, though the text has another', { status: '5.2.2', diagnostic: 'smtp; 550 5.7.1 refused' }, '5.2.2'],
    ['the status without its comment (RFC 3464)', { status: '5.1.1 (bad destination mailbox)' }, '5.1.1'],
    ['in the text where there is no status', { diagnostic: 'smtp; 550-5.7.26 unauthenticated' }, '5.7.26'],
    ['in the text where the status is 5.0.0', { status: '5.0.0', diagnostic: 'smtp; 550 #5.1.1 no' }, '5.1.1'],
    ['in the text where the status is 5.3.0', { status: '5.3.0', diagnostic: 'smtp; 554 (5.7.1) spam' }, '5.7.1'],
    ['in the text where the status is no code', { status: 'unknown', diagnostic: '552 5.2.2 full' }, '5.2.2'],
    ['the first in the text', { diagnostic: '550 4.4.7 expired <421 4.4.0 no DNS>' }, '4.4.7'],
    ['in the text behind one that says nothing', { status: '4.0.0', diagnostic: '4.0.0; 452 4.2.2 full.' }, '4.2.2'],
    ['the status where the text has none', { status: '5.3.0', diagnostic: 'smtp; 550 go away' }, '5.3.0'],
    ['nothing where nothing is given', {}, undefined],
    ['no part of an IP address', { diagnostic: 'smtp; 550 10.5.7.1 and 5.7.1.20 are blocked' }, undefined],
    ['no version of a program', { diagnostic: 'smtp; 550 refused by Exim 4.92.3, Postfix v5.1.1' }, undefined],
    ['no code of a success', { diagnostic: 'smtp; 250 2.1.5 fine, then lost' }, undefined],
  ])('is %s', (_, details, code) => {
    expect(enhancedStatusCode(details)).toBe(code);
  });
});

describe('the reason of a failure', () => {
  it.each([
    ['wrong_address', ['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '4.1.1', '4.1.2']],
    ['sender_address', ['5.1.7', '5.1.8', '4.1.7', '4.1.8']],
    ['mailbox_full', ['5.2.2', '4.2.2']],
    ['mailbox_or_domain', ['5.2.1', '4.2.1', '5.7.13', '5.7.17', '5.7.18']],
    ['sender_refused', ['5.7.0', '5.7.1', '4.7.0', '5.7.9', '5.7.20', '5.7.26', '5.7.27', '5.7.130', '5.7.708']],
    ['message_fault', ['5.2.3', '4.2.3', '5.3.4', '4.3.4', '5.6.0', '5.6.1', '4.6.5', '5.6.10']],
    ['recipient_server', ['4.2.4', '4.3.1', '5.3.2', '5.3.5', '4.4.1', '4.4.7', '5.4.4', '5.5.0', '5.5.3']],
    ['unspecified', ['5.0.0', '4.0.0', '5.3.0', '4.3.0', '5.2.0', '2.1.5', '5.9.1']],
  ])('is %s for %s', (reason, codes) => {
    for (const status of codes) expect([status, failureReason({ status })]).toEqual([status, reason]);
  });

  it.each([
    ['MailboxFull', 'mailbox_full'],
    ['MessageTooLarge', 'message_fault'],
    ['ContentRejected', 'message_fault'],
    ['AttachmentRejected', 'message_fault'],
    ['General', 'unspecified'],
    ['NoEmail', 'unspecified'],
  ])("is what SES's subtype %s says where no code does", (subtype, reason) => {
    expect(failureReason({ subtype, status: '5.0.0' })).toBe(reason);
  });

  it("is what SES's subtype says where the server's code says something else", () => {
    expect(failureReason({ subtype: 'MailboxFull', status: '4.3.1' })).toBe('mailbox_full');
  });

  it.each([
    ['MailboxFull', 'mailbox_full'],
    ['SpamDetected', 'sender_refused'],
    ['RecipientServerError', 'unspecified'],
  ])('is what the delay type %s says', (delay, reason) => {
    expect(failureReason({ delay })).toBe(reason);
  });

  it('is not taken from names that every object has', () => {
    expect(failureReason({ subtype: 'constructor', status: '5.1.1' })).toBe('wrong_address');
  });
});
