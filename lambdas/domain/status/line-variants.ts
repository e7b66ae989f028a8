import { withWholeLink } from '../ses-events/clicked-link.ts';
import type { Fact, FactDetails } from './fact.ts';
import { toFormerLine, toLine } from './fact-line.ts';

/**
 * Lines that the same open or click may have been recorded by. What a line says of it beside kind, time and link is our
 * judgement, and that changes: with the list of user agents, with what an event has of the email's headers, and with how
 * much of a link is kept. An event that comes again after a deployment must not be recorded twice, so a row keeps one line
 * of it: the first in the order below, because it is the one that moved the status.
 */
export type LineVariants = Readonly<{
  /** With one of these in the row the fact's own line is not needed. */
  instead: readonly string[];
  /** These go when the fact's own line is added. */
  replaced: readonly string[];
}>;

type Judgement = Pick<FactDetails, 'automated' | 'unsubscribe'>;

const OF_OPENS: readonly Judgement[] = [{}, { automated: 'yes' }];

const OF_CLICKS: readonly Judgement[] = [
  {},
  { unsubscribe: 'yes' },
  { automated: 'yes' },
  { automated: 'yes', unsubscribe: 'yes' },
];

/** The variants of a fact's own line (`toLine`); none for facts that no judgement goes into. */
export const lineVariantsOf = (fact: Fact): LineVariants => {
  switch (fact.kind) {
    case 'opened': {
      const { automated, ...details } = fact.details;
      return variants(fact, details, OF_OPENS, { automated });
    }
    case 'clicked': {
      const { automated, unsubscribe, ...details } = fact.details;
      return variants(fact, details, OF_CLICKS, { automated, unsubscribe });
    }
    default:
      return { instead: [], replaced: [] };
  }
};

const variants = (
  fact: Fact,
  details: FactDetails,
  judgements: readonly Judgement[],
  own: { [Word in keyof Judgement]: Judgement[Word] | undefined },
): LineVariants => {
  const position = judgements.findIndex(
    ({ automated, unsubscribe }) => automated === own.automated && unsubscribe === own.unsubscribe,
  );
  const lines = (some: readonly Judgement[]) =>
    some.flatMap((judgement) => linesOf({ ...fact, details: { ...details, ...judgement } }));
  const line = toLine(fact);
  return {
    instead: [...new Set(lines(judgements.slice(0, position + 1)))].filter((other) => other !== line),
    replaced: [...new Set(lines(judgements.slice(position + 1)))],
  };
};

/** With a clicked link as `clickedLinks` has it either way, and as it was before there was that setting. */
const linesOf = (fact: Fact): readonly string[] => {
  const { url, link = url, ...others } = fact.details;
  if (link === undefined) return [toLine(fact)];
  const short = { ...fact, details: { ...others, link } };
  return [toLine(short), toLine(withWholeLink(short)), toFormerLine(short)];
};
