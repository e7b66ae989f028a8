import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { toLine } from '../domain/status/fact-line.ts';
import { isSimulator } from '../domain/values/address.ts';
import type { EmailFacts } from '../store/emails/record-facts.ts';
import type { RecordingDependencies } from './dependencies.ts';

/** A write that succeeded, and when: milliseconds since 1970. */
export type Stored = Readonly<{ arrival: EmailFacts; at: number }>;

/**
 * Counts the facts a batch recorded, by kind, and how long each took from SES's own time of it until it was stored. All
 * of a batch goes out as one line in CloudWatch's embedded metric format, which is paid for as log: so there is no
 * dimension but the function's name, and a metric is called as the kind is.
 *
 * Mail to SES's simulator is counted separately, so that tests of bounces do not raise the rate that SES's reviewers
 * and the alarms evaluate.
 */
export const countFacts = (stored: readonly Stored[], metrics: RecordingDependencies['metrics']): void => {
  const facts = stored.flatMap(({ arrival, at }) =>
    // A fact that is twice in a batch is recorded once.
    [...new Map(arrival.facts.map((fact) => [toLine(fact), fact])).values()].map((fact) => ({
      counter: isSimulator(arrival.recipient) ? 'simulator' : fact.kind,
      // A bounce carries the remote server's time, and its clock may be ahead of ours.
      latency: Math.max(0, at - Date.parse(fact.at)),
    })),
  );
  for (const [counter, count] of Object.entries(tally(facts.map(({ counter }) => counter)))) {
    metrics.addMetric(counter, MetricUnit.Count, count);
  }
  for (const { latency } of facts) metrics.addMetric('Latency', MetricUnit.Milliseconds, latency);
};

/** The number of occurrences of each word. */
export const tally = <Word extends string>(words: readonly Word[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
