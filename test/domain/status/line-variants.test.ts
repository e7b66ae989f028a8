import { describe, expect, it } from 'vitest';
import type { Fact, FactDetails } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { lineVariantsOf } from '../../../lambdas/domain/status/line-variants.ts';

const AT = '2026-11-24T10:00:03.120Z';
const [MACHINE, UNSUBSCRIBE] = [{ automated: 'yes' }, { unsubscribe: 'yes' }] as const;
const opened = (details: FactDetails = {}): Fact => ({ kind: 'opened', at: AT, details });
const clicked = (details: FactDetails = {}): Fact => ({ kind: 'clicked', at: AT, details });

describe('an open', () => {
  it('takes the place of the line that took it for a machine’s', () => {
    expect(lineVariantsOf(opened())).toEqual({ instead: [], replaced: [`${AT} opened automated=yes`] });
  });

  it('of a machine is not needed beside the line that took it for a person’s', () => {
    expect(lineVariantsOf(opened(MACHINE))).toEqual({ instead: [`${AT} opened`], replaced: [] });
  });
});

describe('a click whose link says nothing secret', () => {
  const link = 'https://club.example/agenda';
  const words = ['', 'unsubscribe=yes ', 'automated=yes ', 'automated=yes unsubscribe=yes '];
  const short = words.map((word) => `${AT} clicked ${word}link=${link}`);

  it.each([
    ['by a person', {}, 0],
    ['on an unsubscribe link', UNSUBSCRIBE, 1],
    ['by a machine', MACHINE, 2],
    ['by a machine on an unsubscribe link', { ...MACHINE, ...UNSUBSCRIBE }, 3],
  ])('%s gives way to what says less against it, and takes the place of what says more', (_, judgement, position) => {
    expect(lineVariantsOf(clicked({ ...judgement, link }))).toEqual({
      instead: short.slice(0, position),
      replaced: short.slice(position + 1),
    });
  });
});

describe('a click whose link is shortened', () => {
  const link = 'https://club.example/reset?token=abc';
  /** As it is kept, as it is kept whole, and as versions before there was that setting kept it. */
  const lines = (words = '') =>
    ['link=https://club.example/reset?token=…', `url=${link}`, `link=${link}`].map(
      (kept) => `${AT} clicked ${words}${kept}`,
    );

  it('may stand in the row with its link as each version and setting keeps it', () => {
    expect(lineVariantsOf(clicked({ ...UNSUBSCRIBE, link }))).toEqual({
      instead: [...lines(), ...lines('unsubscribe=yes ').slice(1)],
      replaced: [...lines('automated=yes '), ...lines('automated=yes unsubscribe=yes ')],
    });
  });

  it('may do so too where its own line has the whole link', () => {
    const [short, , former] = lines();

    expect(lineVariantsOf(clicked({ url: link })).instead).toEqual([short, former]);
  });
});

it('a click that names no link has variants by who clicked', () => {
  expect(lineVariantsOf(clicked(UNSUBSCRIBE))).toEqual({
    instead: [`${AT} clicked`],
    replaced: [`${AT} clicked automated=yes`, `${AT} clicked automated=yes unsubscribe=yes`],
  });
});

it('keeps what else a line says in all of its variants', () => {
  expect(lineVariantsOf(opened({ ...MACHINE, agent: 'Mozilla/5.0' })).instead).toEqual([
    `${AT} opened agent=Mozilla/5.0`,
  ]);
});

it('of two lines of one click the row keeps the same one, whichever comes first', () => {
  const judgements: readonly FactDetails[] = [{}, UNSUBSCRIBE, MACHINE, { ...MACHINE, ...UNSUBSCRIBE }];
  const link = 'https://club.example/vote/aB3dE5fG7hI9jK1lM3nO';

  for (const [position, weaker] of judgements.entries()) {
    for (const stronger of judgements.slice(0, position)) {
      const [one, other] = [clicked({ ...stronger, link }), clicked({ ...weaker, link })];
      expect(lineVariantsOf(one).replaced).toContain(toLine(other));
      expect(lineVariantsOf(other).instead).toContain(toLine(one));
    }
  }
});

it.each(['sent', 'delivered', 'bounced_hard', 'read', 'unsubscribed'] as const)(
  'a fact into which no judgement goes has no variants: %s',
  (kind) => {
    expect(lineVariantsOf({ kind, at: AT, details: { via: 'OneClick' } })).toEqual({ instead: [], replaced: [] });
  },
);
