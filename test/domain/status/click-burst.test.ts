import { describe, expect, it } from 'vitest';
import { clicksInBursts } from '../../../lambdas/domain/status/click-burst.ts';
import type { Fact, FactDetails } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { readHistory } from '../../../lambdas/domain/status/history.ts';

const click = (milliseconds: number, page: string, details: FactDetails = {}): Fact => ({
  kind: 'clicked',
  at: new Date(Date.UTC(2026, 10, 24, 10) + milliseconds).toISOString(),
  details: { link: `https://club.example/${page}`, ...details },
});
const burst = (...facts: readonly Fact[]) => facts.map((fact) => clicksInBursts(facts).has(fact));

describe('a burst of clicks', () => {
  it('is three different links within two seconds', () => {
    expect(burst(click(0, 'a'), click(900, 'b'), click(2000, 'c'))).toEqual([true, true, true]);
  });

  it.each([
    ['within more than two seconds', [click(0, 'a'), click(900, 'b'), click(2001, 'c')]],
    ['of two links', [click(0, 'a'), click(1, 'b'), click(2, 'a'), click(3, 'b')]],
    ['of links that differ in what is left out', ['1', '2', '3'].map((id) => click(0, `a?id=${id}`))],
    ['of two links, and one that names none', [click(0, 'a'), click(1, 'b'), { ...click(2, ''), details: {} }]],
    ['of two links, and an open', [click(0, 'a'), click(1, 'b'), { ...click(2, 'c'), kind: 'opened' as const }]],
    ['that name no link', [0, 1, 2].map((at) => ({ ...click(at, ''), details: {} }))],
  ])('is none %s', (_, facts) => {
    expect(clicksInBursts(facts)).toEqual(new Set());
  });

  it('has each click that is near enough, a second one on a link too, and no other', () => {
    const facts = [
      click(0, 'a'),
      click(2500, 'a'),
      click(3000, 'b'),
      click(3000, 'b'),
      click(4400, 'c'),
      click(9000, 'd'),
    ];

    expect(burst(...facts)).toEqual([false, true, true, true, true, false]);
  });

  it('is the same in whatever order its clicks came', () => {
    expect(burst(click(2000, 'c'), click(0, 'a'), click(900, 'b'))).toEqual([true, true, true]);
    expect(burst(click(9000, 'c'), click(900, 'b'), click(0, 'a'))).toEqual([false, false, false]);
    expect(burst(click(900, 'b'), click(0, 'a'), click(9000, 'c'))).toEqual([false, false, false]);
  });

  it('has clicks whose links are kept whole too', () => {
    const whole = (at: number, page: string): Fact => ({
      ...click(at, ''),
      details: { url: `https://club.example/${page}` },
    });

    expect(burst(whole(0, 'a'), whole(1, 'b'), click(2, 'c'))).toEqual([true, true, true]);
    expect(burst(whole(0, 'a?id=1'), whole(1, 'a?id=2'), click(2, 'a?id=3'))).toEqual([false, false, false]);
  });

  it('has machines’ clicks and those on unsubscribe links, which a scanner follows too', () => {
    const facts = [click(0, 'a'), click(1, 'b', { automated: 'yes' }), click(2, 'c', { unsubscribe: 'yes' })];

    expect(burst(...facts)).toEqual([true, true, true]);
  });

  it('is found in lines as they were stored, and moves neither the status nor a count', () => {
    const facts = [click(0, 'a?id=1'), click(1, 'b?id=2'), click(2, 'c?id=3')];
    const { bursts, facts: read, proposal, clicks, machineClicks } = readHistory(facts.map(toLine));

    expect(read.map((fact) => bursts.has(fact))).toEqual([true, true, true]);
    expect([proposal?.status, clicks, machineClicks]).toEqual(['clicked', 3, 0]);
  });
});
