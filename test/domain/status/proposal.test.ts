import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_KINDS, type Fact } from '../../../lambdas/domain/status/fact.ts';
import { foldFacts, outranks, proposalOf } from '../../../lambdas/domain/status/proposal.ts';
import { ranksOf } from '../../../lambdas/domain/status/statuses.ts';
import { aFact } from '../../support/facts.ts';

const at = '2026-11-24T10:00:00.000Z';
const status = (...facts: Parameters<typeof foldFacts>[0]) => foldFacts(facts)?.status;

describe('the status of an email', () => {
  it('stays delivered when an out-of-office reply comes back', () => {
    const outOfOffice = { kind: 'bounced_soft', at, details: { type: 'Transient', subtype: 'General' } } as const;

    expect(status({ kind: 'delivered', at, details: {} }, outOfOffice)).toBe('delivered');
    expect(status({ kind: 'sent', at, details: {} }, outOfOffice)).toBe('bounced_soft');
  });

  it.each([{ action: 'failed' }, { status: '4.4.7' }, { diagnostic: 'smtp; 452' }, { mta: 'dns; mx' }])(
    'becomes a soft bounce after a delivery when a server said so: %j',
    (evidence) => {
      const bounced = { kind: 'bounced_soft', at, details: { type: 'Transient', ...evidence } } as const;

      expect(status({ kind: 'delivered', at, details: {} }, bounced)).toBe('bounced_soft');
    },
  );

  it('is not moved by machines, by leaving links, nor by not-spam and coming back', () => {
    const delivered = { kind: 'delivered', at, details: {} } as const;

    expect(
      status(
        delivered,
        { kind: 'opened', at, details: { automated: 'yes' } },
        { kind: 'clicked', at, details: { automated: 'yes' } },
        { kind: 'clicked', at, details: { unsubscribe: 'yes' } },
        { kind: 'not_spam', at, details: {} },
        { kind: 'resubscribed', at, details: {} },
      ),
    ).toBe('delivered');
  });

  it('is held since the earliest fact of the winning rank', () => {
    const open = (time: string) => ({ kind: 'opened', at: time, details: {} }) as const;

    expect(foldFacts([open('2026-11-24T12:00:00.000Z'), open('2026-11-24T11:00:00.000Z')])?.at).toBe(
      '2026-11-24T11:00:00.000Z',
    );
  });

  it('is the same in whatever order and however often the facts come', () => {
    fc.assert(
      fc.property(fc.array(aFact, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (facts, random) => {
        const shuffled = [...facts, ...facts.slice(0, 2)]
          .map((fact) => ({ fact, key: random.next().value }))
          .sort((one, other) => one.key - other.key)
          .map(({ fact }) => fact);

        expect(foldFacts(shuffled)).toEqual(foldFacts(facts));
      }),
    );
  });

  it('is ordered strictly: of two different proposals exactly one outranks the other', () => {
    fc.assert(
      fc.property(aFact, aFact, (one, other) => {
        const [a, b] = [proposalOf(one), proposalOf(other)];
        fc.pre(a !== undefined && b !== undefined);

        expect(Number(outranks(a, b)) + Number(outranks(b, a))).toBe(
          a.rank === b.rank && a.at === b.at && a.status === b.status ? 0 : 1,
        );
      }),
    );
  });

  it.each([
    ['bounced_soft', 120, 210],
    ['bounced_undetermined', 120, 211],
  ] as const)('is held more strongly by a fact of kind %s that has evidence', (kind, without, by) => {
    expect(proposalOf({ kind, at, details: {} })).toEqual({ status: kind, rank: without, at });
    expect(proposalOf({ kind, at, details: { mta: 'dns; mx' } })).toEqual({ status: kind, rank: by, at });
  });

  it('is the first by name of two that are held as strongly since one instant', () => {
    const [soft, undetermined] = (['bounced_soft', 'bounced_undetermined'] as const).map(
      (kind) => ({ kind, at, details: {} }) as const,
    ) as [Fact, Fact];

    expect([status(soft, undetermined), status(undetermined, soft)]).toEqual(['bounced_soft', 'bounced_soft']);
  });

  it('is sent where a mail server only passed the email on', () => {
    for (const kind of ['sent', 'relayed'] as const)
      expect(proposalOf({ kind, at, details: {} })).toEqual({ status: 'sent', rank: 100, at });
  });

  it.each(FACT_KINDS)('a fact of kind %s proposes a status with a rank that the status has', (kind) => {
    const proposal = proposalOf({ kind, at, details: {} });

    if (proposal) expect(ranksOf(proposal.status)).toContain(proposal.rank);
    else expect(['resubscribed', 'not_spam', 'auth_failure_report', 'virus_report']).toContain(kind);
  });
});
