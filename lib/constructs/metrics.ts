import { type Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FactKind } from '../../lambdas/domain/status/fact.ts';
import type { ProcessResult } from '../../lambdas/sending/send-email/result.ts';

/** Where the functions' own metrics go. The stack's name, or two stacks in one account would be counted as one. */
export const metricsNamespace = (scope: Construct): string => Stack.of(scope).stackName;

/** How many facts of a kind a recorder recorded, mail to SES's simulator left out (lambdas/recording/count-facts.ts). */
export const recorded = (scope: Construct, recorder: string, kind: FactKind, options: MetricOptions = {}): Metric =>
  own(scope, recorder, kind, { statistic: Stats.SUM, ...options });

/** Milliseconds from SES's time of a fact until it is stored, one value a fact. Its SampleCount is how many facts were recorded in all. */
export const latency = (scope: Construct, recorder: string, statistic: string, options: MetricOptions = {}): Metric =>
  own(scope, recorder, 'Latency', { statistic, ...options });

/** What came of emails that were to be sent (lambdas/sending/send-email/result.ts). */
export const processedEmails = (scope: Construct, came: ProcessResult['is'], options: MetricOptions = {}): Metric =>
  own(scope, 'send-email', came, { statistic: Stats.SUM, ...options });

/** What came of emails whose time had come (lambdas/sweep-emails). */
export const swept = (scope: Construct, came: 'unknown', options: MetricOptions = {}): Metric =>
  own(scope, 'sweep-emails', came, { statistic: Stats.SUM, ...options });

/** The same with 0 where nothing was counted: such a period has no value, and arithmetic with it has none either. */
export const filled = (name: string, metric: Metric, period: Duration): MathExpression =>
  new MathExpression({ expression: `FILL(${name}, 0)`, usingMetrics: { [name]: metric }, period });

const own = (scope: Construct, service: string, metricName: string, options: MetricOptions): Metric =>
  new Metric({ namespace: metricsNamespace(scope), metricName, dimensionsMap: { service }, ...options });
