import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A metric with the most it may be: one value above it fires the alarm, the last one or one of the last few (`among`). The
 * description goes into the email: what happened, what it means, and what to do.
 */
export type AlarmSpec = Readonly<{ metric: IMetric; most: number; among?: number; description: string }>;

/** Alarms that a construct wants raised about itself, by the alarms' names, which are one of a kind in the stack. */
export type AlarmSpecs = Readonly<Record<string, AlarmSpec>>;
