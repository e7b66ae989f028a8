import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { recorded } from '../constructs/metrics.ts';

/** One report may be wrong; a broken signature or an infected computer brings them by the dozen. */
const MOST_AUTH_FAILURES = 10;
const MOST_VIRUSES = 2;

const HOUR = Duration.hours(1);

/** Feedback reports that suppress nobody (lambdas/domain/ses-events/complaint.ts), where they pile up. */
export const feedbackAlarms = (scope: Construct): AlarmSpecs => ({
  AuthFailureReports: {
    metric: recorded(scope, 'record-complaint', 'auth_failure_report', { period: HOUR }),
    most: MOST_AUTH_FAILURES,
    description: `Mail servers reported more than ${MOST_AUTH_FAILURES} emails within an hour for which SPF, DKIM or DMARC failed (feedback type auth-failure, RFC 6591), so mail of the club may end in spam folders or be refused. Nobody is suppressed for it. Look at the identity in the SES console: is DKIM verified, is the custom MAIL FROM domain, did the DNS records change? A mailing list that alters emails causes single reports too.`,
  },
  VirusReports: {
    metric: recorded(scope, 'record-complaint', 'virus_report', { period: HOUR }),
    most: MOST_VIRUSES,
    description: `Mail servers reported more than ${MOST_VIRUSES} emails within an hour in which they found a virus (feedback type virus, RFC 5965). Nobody is suppressed for it. Stop the mailing that is running, scan what was attached or linked in it, and look for mail that the club did not send: change the credentials of the sender if there is any.`,
  },
});
