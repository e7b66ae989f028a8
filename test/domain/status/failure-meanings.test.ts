import { describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../lambdas/domain/ses-events/enhanced-status-code.ts';
import { explain as inWords } from '../../../lambdas/domain/status/explanation.ts';
import { failureMeaning, isFailure } from '../../../lambdas/domain/status/failure-meanings.ts';
import { STATUS_NAMES, type Status } from '../../../lambdas/domain/status/statuses.ts';
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

describe('the words of a failure', () => {
  const WHY = "the recipient's mailbox is full.";
  const FIX = 'The address is right. Reach the recipient in another way and ask them to make room.';

  it.each([
    [
      ...(['deferred', false, `The email is not delivered yet: ${WHY}`] as const),
      `Nothing to do yet: delivery is tried again for several hours. If it fails: ${FIX}`,
    ],
    ['deferred', true, `The email was not delivered in time: ${WHY}`, `${FIX} Then send it again.`],
    [
      ...(['bounced_soft', false, `The email came back: ${WHY} It is not tried again by itself.`] as const),
      `${FIX} Then send it again.`,
    ],
    [
      ...(['bounced_undetermined', false, `The email came back: ${WHY} It is not tried again by itself.`] as const),
      `${FIX} Then send it again.`,
    ],
    [
      ...([
        'bounced_hard',
        false,
        `The email came back for good: ${WHY} Nothing more is sent to the address.`,
      ] as const),
      `${FIX} Then staff can remove the suppression.`,
    ],
  ] as const)('say for %s (overdue: %s) how it went, why, and what to do', (status, overdue, meaning, nextStep) => {
    expect(failureMeaning(status, 'mailbox_full', overdue)).toEqual({ meaning, nextStep });
  });

  it('leave a wrong address suppressed, unless it is right after all', () => {
    expect(failureMeaning('bounced_hard', 'wrong_address', false)?.nextStep).toBe(
      'Check the address for typos, and ask the recipient for the right one. If it is right after all, staff can remove the suppression.',
    );
  });

  it('are none where no reason is known, and of statuses that are no failures', () => {
    expect(failureMeaning('deferred', 'unspecified', true)).toBeUndefined();
    expect(STATUS_NAMES.filter(isFailure).toSorted()).toEqual(FAILURES.toSorted());
  });
});
