import type { Environment as CountStatuses } from '../../lambdas/campaign-counts/count-statuses/index.ts';
import type { Environment as DeleteEmails } from '../../lambdas/erasure/delete-emails/index.ts';
import type { Environment as EraseRecipient } from '../../lambdas/erasure/erase-recipient/index.ts';
import type { Environment as TrackRead } from '../../lambdas/public-links/track-read/index.ts';
import type { Environment as UnsubscribeRecipient } from '../../lambdas/public-links/unsubscribe-recipient/index.ts';
import type { Environment as ExplainStatuses } from '../../lambdas/query-api/explain-statuses/index.ts';
import type { Environment as QueryStatus } from '../../lambdas/query-api/query-status/index.ts';
import type { Environment as RecordBounce } from '../../lambdas/recording/record-bounce/index.ts';
import type { Environment as RecordClick } from '../../lambdas/recording/record-click/index.ts';
import type { Environment as RecordComplaint } from '../../lambdas/recording/record-complaint/index.ts';
import type { Environment as RecordDelivery } from '../../lambdas/recording/record-delivery/index.ts';
import type { Environment as RecordOpen } from '../../lambdas/recording/record-open/index.ts';
import type { Environment as RecordSubscription } from '../../lambdas/recording/record-subscription/index.ts';
import type { Environment as AcceptMail } from '../../lambdas/sending/accept-mail/index.ts';
import type { Environment as AdvanceCampaigns } from '../../lambdas/sending/advance-campaigns/index.ts';
import type { Environment as SendEmail } from '../../lambdas/sending/send-email/index.ts';
import type { Environment as SweepEmails } from '../../lambdas/sending/sweep-emails/index.ts';
import type { Environment as PublishStatusEvents } from '../../lambdas/status-events/publish-status-events/index.ts';
import type { Environment as ImportSuppressions } from '../../lambdas/suppression-sync/import-suppressions/index.ts';
import type { Environment as MirrorSuppressions } from '../../lambdas/suppression-sync/mirror-suppressions/index.ts';
import type { Environment as QueueSuppressions } from '../../lambdas/suppression-sync/queue-suppressions/index.ts';
import type { FunctionName } from './function-folders.ts';

/**
 * The variables of each function's environment, as the function itself reads them: one that the stack misses, or that a function
 * does not read, does not compile. Types only, so nothing of a function is loaded.
 */
export type FunctionEnvironments = {
  'record-delivery': RecordDelivery;
  'record-bounce': RecordBounce;
  'record-complaint': RecordComplaint;
  'record-open': RecordOpen;
  'record-click': RecordClick;
  'record-subscription': RecordSubscription;
  'count-statuses': CountStatuses;
  'query-status': QueryStatus;
  'explain-statuses': ExplainStatuses;
  'accept-mail': AcceptMail;
  'advance-campaigns': AdvanceCampaigns;
  'send-email': SendEmail;
  'sweep-emails': SweepEmails;
  'queue-suppressions': QueueSuppressions;
  'mirror-suppressions': MirrorSuppressions;
  'import-suppressions': ImportSuppressions;
  'unsubscribe-recipient': UnsubscribeRecipient;
  'track-read': TrackRead;
  'erase-recipient': EraseRecipient;
  'delete-emails': DeleteEmails;
  'publish-status-events': PublishStatusEvents;
};

/** The environment of a function. */
export type EnvironmentOf<Name extends FunctionName> = FunctionEnvironments[Name];
