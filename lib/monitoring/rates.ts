import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FactKind } from '../../lambdas/domain/status/fact.ts';
import { filled, recorded } from '../constructs/metrics.ts';

/** Percent from which Amazon looks at an account (SES guide, reputationdashboard-messages). */
export const BOUNCE_LIMIT = 5;
export const COMPLAINT_LIMIT = 0.1;
/** With fewer in a day, one wrong address is a rate. */
export const LEAST_DELIVERED = 200;

/** CloudWatch moves the day along: every evaluation looks at the last 24 hours. */
const DAY = Duration.days(1);

/**
 * Hard bounces in percent of all emails that were delivered or bounced so, in a day; 0 where there are too few to tell.
 * Where nothing at all is delivered any more, as many bounces are enough.
 */
export const bounceRate = (scope: Construct): MathExpression =>
  percent('bounced hard', `d >= ${LEAST_DELIVERED} OR n >= ${LEAST_DELIVERED}`, 'd + n', {
    n: counted(scope, 'record-bounce', 'bounced_hard'),
    d: counted(scope, 'record-delivery', 'delivered'),
  });

/** Complaints in percent of the emails delivered in the same day; 0 where there are too few to tell. */
export const complaintRate = (scope: Construct): MathExpression =>
  percent('complained', `d >= ${LEAST_DELIVERED}`, 'd', {
    n: counted(scope, 'record-complaint', 'complained'),
    d: counted(scope, 'record-delivery', 'delivered'),
  });

const percent = (label: string, enough: string, of: string, usingMetrics: Record<'n' | 'd', IMetric>): MathExpression =>
  new MathExpression({
    // Where there is not enough, 0 of 1: a division by nothing has no value.
    expression: `100 * IF(${enough}, n, 0) / IF(${enough}, ${of}, 1)`,
    usingMetrics,
    period: DAY,
    label: `${label}, %`,
  });

const counted = (scope: Construct, recorder: string, kind: FactKind) =>
  filled(kind, recorded(scope, recorder, kind, { period: DAY }), DAY);
