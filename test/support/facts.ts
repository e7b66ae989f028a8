import fc from 'fast-check';
import { FACT_KINDS, type Fact, type FactDetails } from '../../lambdas/domain/status/fact.ts';
import { toLine } from '../../lambdas/domain/status/fact-line.ts';

/** Few enough times and details that facts often collide: same kind and time, same rank, same line. */
export const aTime = fc.constantFrom(
  '2026-11-24T10:00:00.000Z',
  '2026-11-24T10:00:00.001Z',
  '2026-11-24T10:00:03.120Z',
  '2026-11-25T09:00:00.000Z',
);

const aText = fc.constantFrom(
  'General',
  'smtp; 550 5.1.1 unknown',
  'a="b" c',
  '5.1.1',
  'x',
  '"',
  '\\',
  'line\r\nbreak',
  'ümläut 🦊',
  '\ud800',
  'y'.repeat(400),
  '🦊'.repeat(120),
);

const some = (model: { [Word in keyof FactDetails]: fc.Arbitrary<NonNullable<FactDetails[Word]>> }) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<FactDetails>;

const yes = fc.constant('yes' as const);

/** The details that SES gives together, with any texts, as in one event. */
const someDetails = fc.oneof(
  fc.constant<FactDetails>({}),
  some({ type: aText, subtype: aText, action: aText, status: aText, mta: aText, diagnostic: aText }),
  some({ feedback: aText, subtype: aText, agent: aText }),
  some({ delay: aText, expires: aTime, status: aText, mta: aText, diagnostic: aText }),
  some({ response: aText }),
  some({ reason: aText, template: aText }),
  some({ automated: yes, unsubscribe: yes, link: aText }),
  some({ topics: aText, via: aText }),
);

/** A fact of any kind with any of these details: a line must keep what a newer version may add. */
export const aFact: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constantFrom(...FACT_KINDS),
  at: aTime,
  details: someDetails,
});

/** The lines that a row keeps of facts: of one open or click, the most informative line. */
export const linesKept = (facts: readonly Fact[]): ReadonlySet<string> => {
  const kept = new Map<string, Readonly<{ line: string; weight: number }>>();
  for (const fact of facts) {
    const { automated, unsubscribe, ...details } = fact.details;
    const event = toLine({
      ...fact,
      details: fact.kind === 'clicked' ? details : { ...details, ...(unsubscribe && { unsubscribe }) },
    });
    const isJudged = fact.kind === 'opened' || fact.kind === 'clicked';
    const weight = (automated ? 2 : 0) + (unsubscribe && fact.kind === 'clicked' ? 1 : 0);
    const known = isJudged ? kept.get(event) : undefined;
    if (known === undefined || weight < known.weight)
      kept.set(isJudged ? event : toLine(fact), { line: toLine(fact), weight });
  }
  return new Set([...kept.values()].map(({ line }) => line));
};
