import { describe, expect, it } from 'vitest';
import { keptLink } from '../../../lambdas/domain/ses-events/clicked-link.ts';
import type { Fact, FactDetails } from '../../../lambdas/domain/status/fact.ts';
import { toFormerLine, toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { readHistory } from '../../../lambdas/domain/status/history.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();

/** One fact as two sources told it, read in either order. */
const toldBy = (one: Fact, other: Fact) => {
  const lines = [toLine(one), toLine(other)];
  return [readHistory(lines), readHistory(lines.toReversed())];
};
const softBounce = (details: FactDetails): Fact => ({ kind: 'bounced_soft', at: at(4), details });
const opened = (details: FactDetails): Fact => ({ kind: 'opened', at: at(4), details });

describe('a fact that two sources told, in whichever order,', () => {
  it.each([
    ['more where one says more', '4.2.2', '4.2.2 (over quota)', '4.2.2 (over quota)'],
    ['the last by name where both say as much', '4.2.1', '4.2.2', '4.2.2'],
    ['what both say', '4.2.2', '4.2.2', '4.2.2'],
    // By length first: in a dictionary, 4.4.7 comes behind both.
    ['more, whatever comes last in a dictionary', '4.4.7', '4.2.2 (full)', '4.2.2 (full)'],
  ])('says %s', (_, one, other, said) => {
    for (const { facts } of toldBy(softBounce({ status: one, action: 'failed' }), softBounce({ status: other }))) {
      expect(facts).toEqual([softBounce({ status: said, action: 'failed' })]);
    }
  });

  it('happened when the earlier one says: a remote server’s time may be held to two arrivals', () => {
    const said = '2026-12-01T00:00:00.000Z';
    const held = (second: number): Fact => ({ kind: 'complained', at: at(second), details: { said } });

    for (const { facts, lastAt } of toldBy(held(5), held(8))) {
      expect(facts).toEqual([held(5)]);
      expect(lastAt).toBe(at(5));
    }
  });

  it('is a person’s as soon as one of them says so', () => {
    for (const { facts, opens, machineOpens } of toldBy(opened({ automated: 'yes' }), opened({}))) {
      expect(facts).toEqual([opened({})]);
      expect([opens, machineOpens]).toEqual([1, 0]);
    }
  });

  it('is a machine’s where both say so', () => {
    const machine = opened({ automated: 'yes' });

    for (const { facts, opens, machineOpens } of toldBy(machine, machine)) {
      expect(facts).toEqual([machine]);
      expect([opens, machineOpens]).toEqual([0, 1]);
    }
  });
});

describe('a click whose line an earlier version wrote', () => {
  const link = 'https://club.example/reset?token=abc';
  const clicked: Fact = { kind: 'clicked', at: at(8), details: { link } };

  it('is shown with its link as it is kept now', () => {
    expect(readHistory([toFormerLine(clicked)]).facts).toEqual([{ ...clicked, details: { link: keptLink(link) } }]);
  });

  it('is the same click as in the line of this version', () => {
    const { facts, clicks } = readHistory([toFormerLine(clicked), toLine(clicked)]);

    expect(facts).toEqual([{ ...clicked, details: { link: keptLink(link) } }]);
    expect(clicks).toBe(1);
  });
});
