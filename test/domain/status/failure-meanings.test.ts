import { describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../lambdas/domain/ses-events/enhanced-status-code.ts';
import { describe as inWords } from '../../../lambdas/domain/status/explanation.ts';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import { VOCABULARIES } from '../../../lambdas/domain/status/vocabulary.ts';

const NOT_THE_ADDRESS: readonly FailureReason[] = ['sender_address', 'sender_refused', 'message_fault', 'mailbox_full'];
const FAILURES: readonly Status[] = ['deferred', 'bounced_soft', 'bounced_undetermined', 'bounced_hard'];
const AS_USUAL = { overdue: false };

describe.each(VOCABULARIES)('what to do about an email that failed, in the words of %s,', (vocabulary) => {
  it.each(FAILURES)('is never to ask for another address where the address is not the reason: %s', (status) => {
    for (const reason of NOT_THE_ADDRESS) {
      for (const overdue of [false, true]) {
        const { meaning, nextStep } = inWords(status, vocabulary, { overdue }, reason);

        expect(`${meaning} ${nextStep}`).not.toMatch(/right one|typos|does not exist|address is up to date|no longer/i);
      }
    }
  });

  it.each(FAILURES)('is to check the address where it is wrong: %s', (status) => {
    expect(inWords(status, vocabulary, AS_USUAL, 'wrong_address').nextStep).toMatch(/address|check|again/i);
  });

  it.each(FAILURES)('is what the status says where there is no reason: %s', (status) => {
    expect(inWords(status, vocabulary, AS_USUAL, 'unspecified')).toEqual(inWords(status, vocabulary, AS_USUAL));
  });

  it('does not follow a reason that is not the status’s', () => {
    expect(inWords('delivered', vocabulary, AS_USUAL, 'sender_refused')).toEqual(
      inWords('delivered', vocabulary, AS_USUAL),
    );
  });
});

it.each([
  ['bounced_hard', 'sender_refused', /SPF, DKIM and DMARC/],
  ['bounced_hard', 'sender_address', /sender's address/],
  ['bounced_hard', 'mailbox_or_domain', /an address that they use now/],
  ['bounced_hard', 'message_fault', /smaller/],
  ['bounced_hard', 'wrong_address', /right one/],
  ['bounced_soft', 'mailbox_full', /make room/],
  ['bounced_soft', 'recipient_server', /after the @/],
  ['deferred', 'mailbox_full', /^Nothing to do yet.*make room/],
] as const)('the next step of %s for %s names what is wrong', (status, reason, words) => {
  expect(inWords(status, 'mailtrail', AS_USUAL, reason).nextStep).toMatch(words);
});

it('an email that was deferred for too long is not said to be tried again', () => {
  const { meaning, nextStep } = inWords('deferred', 'mailtrail', { overdue: true }, 'mailbox_full');

  expect(`${meaning} ${nextStep}`).not.toMatch(/tried again|Nothing to do/);
});
