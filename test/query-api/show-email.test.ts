import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_KINDS, type Fact, type FactDetails, type FactKind } from '../../lambdas/domain/status/fact.ts';
import { toLine } from '../../lambdas/domain/status/fact-line.ts';
import { foldFacts } from '../../lambdas/domain/status/proposal.ts';
import { showEmail, showEmailWithEvents } from '../../lambdas/query-api/query-status/show-email.ts';
import { showEvent } from '../../lambdas/query-api/query-status/show-event.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { aFact } from '../support/facts.ts';
import { problemsOf } from '../support/openapi.ts';

const SENT = '2026-11-24T10:00:01.000Z';
const fact = (kind: FactKind, at = SENT, details: FactDetails = {}): Fact => ({ kind, at, details });

/** The row made of these facts. */
const rowOf = (facts: readonly Fact[], more: Partial<EmailStatus> = {}): EmailStatus => {
  const { status, rank, at } = foldFacts(facts) ?? {};
  return {
    messageId: 'm1',
    recipient: 'ann@example.com',
    createdAt: SENT,
    events: facts.map(toLine),
    ...(status && rank && at && { status, rank, statusAt: at }),
    ...more,
  };
};
const shown = (facts: readonly Fact[], { now = '2026-11-25T12:00:00.000Z', ...more } = {}) =>
  showEmail(rowOf(facts, more), { vocabulary: 'mailtrail', now });

describe('an email in a response', () => {
  it('conforms to the contract, with any facts and missing attributes', () => {
    const aRow = fc
      .tuple(fc.array(aFact), fc.boolean(), fc.subarray(['createdAt', 'statusAt'] as const))
      .map(([facts, more, lacking]) => {
        const row: Record<string, unknown> = rowOf(facts, {
          ...(more && { moreEngagement: true, tags: { a: ['b'] } }),
        });
        for (const attribute of lacking) delete row[attribute];
        return row as EmailStatus;
      });
    const options = { vocabulary: 'creatio', now: '2026-11-28T12:00:00.000Z' } as const;
    fc.assert(
      fc.property(aRow, (row) => {
        expect(problemsOf('#/components/schemas/EmailStatus', showEmailWithEvents(row, options))).toEqual([]);
        expect(problemsOf('#/components/schemas/ListedEmailStatus', showEmail(row, options))).toEqual([]);
      }),
    );
  });

  describe('that Mailtrail sent, without an event from SES yet', () => {
    const [accepted, taken] = ['2026-11-01T10:00:00.000Z', SENT];
    const row: object = { createdAt: accepted, acceptedAs: 'call#0' };
    const sent: object = { ...row, status: 'sent', rank: 100, statusAt: taken };

    it('was sent when SES accepted it, not when Mailtrail did', () => {
      expect(shown([], sent)).toMatchObject({ createdAt: accepted, sentAt: taken });
      const delivered = fact('delivered', '2026-11-24T10:00:03.000Z');
      expect(shown([delivered], row).sentAt).toBeNull();
      expect(shown([delivered]).sentAt).toBe(SENT);
    });

    it('is overdue 48 hours later', () => {
      expect(shown([], { ...sent, now: '2026-11-26T10:00:01.000Z' }).overdue).toBe(false);
      expect(shown([], { ...sent, now: '2026-11-26T10:00:01.001Z' }).overdue).toBe(true);
    });
  });

  describe('is overdue', () => {
    it.each([
      ['sent', [fact('sent')], '2026-11-26T10:00:01.001Z', true],
      ['sent, and still in time', [fact('sent')], '2026-11-26T10:00:01.000Z', false],
      [
        'sent, and opened by a machine since',
        [fact('sent'), fact('opened', '2026-11-25T10:00:00.000Z', { automated: 'yes' })],
        '2026-11-26T12:00:00.000Z',
        false,
      ],
      ['opened by a machine alone', [fact('opened', SENT, { automated: 'yes' })], '2026-11-26T10:00:01.001Z', true],
      [
        'deferred, and SES has given up',
        [fact('deferred', SENT, { expires: '2026-11-24T22:00:00.000Z' })],
        '2026-11-24T22:00:00.001Z',
        true,
      ],
      [
        'deferred, and SES keeps retrying',
        [fact('deferred', SENT, { expires: '2026-11-27T22:00:00.000Z' })],
        '2026-11-27T21:00:00.000Z',
        false,
      ],
      ['deferred without an expiry', [fact('deferred')], '2026-11-27T10:00:01.000Z', true],
      ['delivered', [fact('sent'), fact('delivered')], '2027-11-24T10:00:01.000Z', false],
      ['bounced', [fact('bounced_hard', SENT, { type: 'Permanent' })], '2027-11-24T10:00:01.000Z', false],
    ])('when it is %s', (_, facts, now, overdue) => {
      expect(shown(facts, { now }).overdue).toBe(overdue);
    });
  });

  it('has the reason of the fact that gave its status; below rank 100 the sender’s own', () => {
    const rejected = [fact('sent'), fact('rejected', SENT, { reason: 'Bad content' })];

    expect(shown(rejected).reason).toBe('Bad content');
    expect(shown([...rejected, fact('delivered')]).reason).toBe('Bad content');
    expect(shown([...rejected, fact('complained')]).reason).toBeNull();
    const unknown = { status: 'failed_sending', rank: 79, reason: 'outcome unknown' } as object;
    expect(shown([], unknown).reason).toBe('outcome unknown');
    expect(shown(rejected, { ...unknown, status: 'rejected', rank: 508, statusAt: SENT } as object).reason).toBe(
      'Bad content',
    );
  });

  it('is shown by its facts if a newer version has given it an unknown status', () => {
    expect(shown([fact('sent'), fact('delivered')], { status: undefined, rank: 900 } as object).status).toBe(
      'delivered',
    );
  });

  it('shows that there was more engagement than is stored', () => {
    expect(shown([fact('sent')]).countsAreFloor).toBe(false);
    expect(shown([fact('sent')], { moreEngagement: true } as object).countsAreFloor).toBe(true);
  });

  it('was sent at the time of Send, otherwise when SES accepted it', () => {
    expect(shown([fact('sent', '2026-11-24T10:00:02.000Z')]).sentAt).toBe('2026-11-24T10:00:02.000Z');
    expect(shown([fact('delivered')]).sentAt).toBe(SENT);
  });

  it('was neither sent nor accepted by SES while only its sender has reported', () => {
    const queued = shown([], { status: 'queued', rank: 40, statusAt: SENT } as object);

    expect(queued).toMatchObject({ status: 'queued', sesMessageId: null, sentAt: null, overdue: false });
  });
});

describe('an event', () => {
  it('has the names of the contract for all details', () => {
    const everything: Required<FactDetails> = {
      ...{ type: 't', subtype: 's', action: 'a', status: '5.1.1', mta: 'm', diagnostic: 'd' },
      ...{ feedback: 'f', agent: 'g', delay: 'D', expires: SENT, response: 'r', reason: 'R', template: 'T' },
      ...{ link: 'l', url: 'u', automated: 'yes', unsubscribe: 'yes', topics: 'o', via: 'v' },
      ...{ said: SENT, named: 'n' },
    };
    const event = showEvent(fact('clicked', SENT, everything));

    expect(Object.keys(event)).toHaveLength(21);
    expect(problemsOf('#/components/schemas/Event', event)).toEqual([]);
  });

  it.each(FACT_KINDS)('%s has a flag for machines only if a machine could cause it', (kind) => {
    expect('automated' in showEvent(fact(kind))).toBe(kind === 'opened' || kind === 'clicked');
  });
});
