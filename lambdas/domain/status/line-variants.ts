import { withWholeLink } from '../ses-events/clicked-link.ts';
import type { Fact, FactDetails } from './fact.ts';
import { toFormerLine, toLine } from './fact-line.ts';

/**
 * Lines under which the same open or click may have been recorded. Apart from kind, time and link, a line holds
 * classifications, which change with the list of user agents, with the headers in an event, and with how much of a link
 * is stored. An event that is delivered again after a deployment must not be recorded twice, so a row keeps one of its
 * lines: the first in the order below, because that one set the status.
 */
export type LineVariants = Readonly<{
  /** If the row has one of these, the fact's own line is not added. */
  instead: readonly string[];
  /** Removed when the fact's own line is added. */
  replaced: readonly string[];
}>;

type Classification = Pick<FactDetails, 'automated' | 'unsubscribe'>;

const OF_OPENS: readonly Classification[] = [{}, { automated: 'yes' }];

const OF_CLICKS: readonly Classification[] = [
  {},
  { unsubscribe: 'yes' },
  { automated: 'yes' },
  { automated: 'yes', unsubscribe: 'yes' },
];

/** The variants of a fact's own line (`toLine`); none for facts without a classification. */
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
  judgements: readonly Classification[],
  own: { [Word in keyof Classification]: Classification[Word] | undefined },
): LineVariants => {
  const position = judgements.findIndex(
    ({ automated, unsubscribe }) => automated === own.automated && unsubscribe === own.unsubscribe,
  );
  const lines = (some: readonly Classification[]) =>
    some.flatMap((judgement) => linesOf({ ...fact, details: { ...details, ...judgement } }));
  const line = toLine(fact);
  return {
    instead: [...new Set(lines(judgements.slice(0, position + 1)))].filter((other) => other !== line),
    replaced: [...new Set(lines(judgements.slice(position + 1)))],
  };
};

/** With a clicked link as stored with each value of `clickedLinks`, and as stored before that setting existed. */
const linesOf = (fact: Fact): readonly string[] => {
  const { url, link = url, ...others } = fact.details;
  if (link === undefined) return [toLine(fact)];
  const short = { ...fact, details: { ...others, link } };
  return [toLine(short), toLine(withWholeLink(short)), toFormerLine(short)];
};
