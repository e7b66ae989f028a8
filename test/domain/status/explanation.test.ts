import { describe, expect, it } from 'vitest';
import { explain as inWords } from '../../../lambdas/domain/status/explanation.ts';
import { failureMeaning } from '../../../lambdas/domain/status/failure-meanings.ts';
import { OVERDUE_WORDS, STATUS_WORDS } from '../../../lambdas/domain/status/status-meanings.ts';
import { OWN_WORDS } from '../../../lambdas/domain/status/vocabulary-words.ts';

const IN_TIME = { overdue: false };
const OVERDUE = { overdue: true };

describe('the next step of an email that failed', () => {
  it('is the vocabulary’s own where the address is wrong, or the reason is not known', () => {
    const own = OWN_WORDS.clinicsense.bounced_hard?.nextStep;

    expect(inWords('bounced_hard', 'clinicsense', IN_TIME, 'wrong_address').nextStep).toBe(own);
    expect(inWords('bounced_hard', 'clinicsense', IN_TIME).nextStep).toBe(own);
  });

  it('is the reason’s where another one is known', () => {
    const { nextStep } = inWords('bounced_hard', 'clinicsense', IN_TIME, 'mailbox_full');

    expect(nextStep).toBe(failureMeaning('bounced_hard', 'mailbox_full', false)?.nextStep);
  });

  it('is not the vocabulary’s own, which is for an email that is tried again, once the time for that is over', () => {
    const { nextStep } = inWords('deferred', 'tipimail', OVERDUE, 'wrong_address');

    expect(nextStep).toBe(failureMeaning('deferred', 'wrong_address', true)?.nextStep);
    expect(inWords('deferred', 'tipimail', OVERDUE).nextStep).toBe(OVERDUE_WORDS.deferred.nextStep);
  });
});

describe('the meaning of a status', () => {
  it('is the reason’s where one is known, in every vocabulary', () => {
    const { meaning } = failureMeaning('bounced_hard', 'wrong_address', false) ?? {};

    for (const vocabulary of ['mailtrail', 'clinicsense'] as const)
      expect(inWords('bounced_hard', vocabulary, IN_TIME, 'wrong_address').meaning).toBe(meaning);
  });

  it('is Mailtrail’s where the vocabulary has a next step of its own alone', () => {
    expect(inWords('queued', 'clinicsense', IN_TIME)).toMatchObject({
      meaning: STATUS_WORDS.queued.meaning,
      nextStep: OWN_WORDS.clinicsense.queued?.nextStep,
    });
  });
});
