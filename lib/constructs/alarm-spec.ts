import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What is compared, with the most it may be: one value above fires, the last or one of the last few (`among`). The
 * description is for whoever gets the email.
 */
export type AlarmSpec = Readonly<{ metric: IMetric; most: number; among?: number; description: string }>;
