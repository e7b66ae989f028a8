import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { complaintEvent } from '../../support/ses-events.ts';

const ARRIVED_AT = '2026-11-24T10:07:00.000Z';
const read = (event: string, arrivedAt = ARRIVED_AT) => {
  const reading = parseEvent(event, arrivedAt);
  if (reading.outcome !== 'facts') throw new Error('no facts');
  return reading;
};
const reported = (feedback: string | null) => read(complaintEvent({}, { feedback }));

describe('a feedback report', () => {
  it.each(['abuse', 'ABUSE', 'fraud', 'Fraud', 'other', 'opt-out', 'auth-failures', 'x-virus', '', null])(
    'of type %s is a complaint, and suppresses',
    (feedback) => {
      const { facts, suppressions } = reported(feedback);

      expect(facts.map(({ fact }) => fact.kind)).toEqual(['complained']);
      expect(suppressions).toMatchObject([{ address: 'ann@example.com', cause: 'complaint', begins: {} }]);
    },
  );

  it.each([
    ['auth-failure', 'auth_failure_report'],
    ['Auth-Failure', 'auth_failure_report'],
    ['AUTH-FAILURE', 'auth_failure_report'],
    ['virus', 'virus_report'],
    ['Virus', 'virus_report'],
  ])('of type %s is %s: it suppresses nobody and moves no status', (feedback, kind) => {
    const { facts, suppressions } = reported(feedback);

    expect(facts).toMatchObject([{ recipient: 'ann@example.com', fact: { kind, details: { feedback } } }]);
    expect(suppressions).toEqual([]);
    expect(foldFacts(facts.map(({ fact }) => fact))).toBeUndefined();
  });

  it.each(['not-spam', 'Not-Spam'])('of type %s ends a complaint', (feedback) => {
    expect(reported(feedback).suppressions).toMatchObject([{ cause: 'complaint', ends: {} }]);
  });

  it('begins and ends a complaint when it arrived, whatever the provider’s clock says', () => {
    const times = ['2006-01-01T00:00:00.000Z', '2026-11-24T10:00:02.900Z', '2036-01-01T00:00:00.000Z'];
    const changes = times.flatMap((timestamp) =>
      ['abuse', 'not-spam'].flatMap((feedback) => read(complaintEvent({}, { feedback, timestamp })).suppressions),
    );

    expect(changes.map((change) => ('begins' in change ? change.begins.at : change.ends.at))).toEqual(
      Array(6).fill(ARRIVED_AT),
    );
  });
});
