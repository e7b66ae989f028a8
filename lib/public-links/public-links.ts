import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import type { LinkSecret } from './link-secret.ts';
import { publicLinkAlarms } from './public-link-alarms.ts';

/** Requests that a route takes: a second, and at once. */
export type Throttle = Readonly<{ rate: number; burst: number }>;

/**
 * What everybody may ask has throttles of its own, so that a flood of it takes neither the API's requests nor the
 * concurrency that recording needs. An account has 1,000 executions at once, if it is not new.
 *
 * The pixel's first answer is held for 5.5 seconds, so a flood of it takes burst + rate · 5.5 s = 20 + 20 · 5.5 = 130
 * executions. An email that is read asks twice, so that is room for 10 opens a second, 36,000 an hour. The page takes a
 * tenth of a second, so a flood of it takes little more executions than its burst: 40 to look, 40 to leave.
 */
export const PUBLIC_THROTTLES: Readonly<Record<string, Throttle>> = {
  'GET /u/{token}': { rate: 20, burst: 40 },
  'POST /u/{token}': { rate: 20, burst: 40 },
  'HEAD /u/{token}': { rate: 5, burst: 5 },
  'GET /r/{token}': { rate: 20, burst: 20 },
  'HEAD /r/{token}': { rate: 5, burst: 5 },
};

/** Two writes take milliseconds; a cold start and a slow table fit in. */
const LEAVE_TIMEOUT = Duration.seconds(10);
/** The 5.5 seconds that a pixel is held, and a cold start. */
const READ_TIMEOUT = Duration.seconds(15);

export interface PublicLinksProps {
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly secret: LinkSecret;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** What links in emails lead to: leaving, and the pixel that tells an email is read. */
export class PublicLinks extends Construct {
  /** Answers the unsubscribe page's routes. */
  readonly unsubscriber: IFunction;
  /** Answers the pixel that shows that an email is read. */
  readonly readTracker: IFunction;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: PublicLinksProps) {
    super(scope, id);
    const { emailStatus, suppressions, secret, ...common } = props;
    const environment = { EMAIL_STATUS_TABLE: emailStatus.table.tableName, LINK_SECRET_ARN: secret.arn };
    const unsubscriber = new MailtrailFunction(this, 'UnsubscribeRecipient', {
      ...common,
      name: 'unsubscribe-recipient',
      environment: { ...environment, SUPPRESSIONS_TABLE: suppressions.table.tableName },
      timeout: LEAVE_TIMEOUT,
    });
    suppressions.grantSuppress(unsubscriber.function);

    const readTracker = new MailtrailFunction(this, 'TrackRead', {
      ...common,
      name: 'track-read',
      environment,
      timeout: READ_TIMEOUT,
      // It mostly waits, and waiting is paid for by the megabyte.
      memorySize: 256,
    });
    for (const { function: fn } of [unsubscriber, readTracker]) {
      emailStatus.grantRecord(fn);
      secret.grantRead(fn);
    }
    this.unsubscriber = unsubscriber.function;
    this.readTracker = readTracker.function;
    this.alarms = publicLinkAlarms({ unsubscriber, readTracker });
  }
}
