/** The folder in lambdas/ of each function, by the function's name. */
export const FUNCTION_FOLDERS = {
  'record-delivery': 'recording/record-delivery',
  'record-bounce': 'recording/record-bounce',
  'record-complaint': 'recording/record-complaint',
  'record-open': 'recording/record-open',
  'record-click': 'recording/record-click',
  'record-subscription': 'recording/record-subscription',
  'count-statuses': 'campaign-counts/count-statuses',
  'query-status': 'query-api/query-status',
  'explain-statuses': 'query-api/explain-statuses',
  'accept-mail': 'sending/accept-mail',
  'advance-campaigns': 'sending/advance-campaigns',
  'send-email': 'sending/send-email',
  'sweep-emails': 'sending/sweep-emails',
  'queue-suppressions': 'suppression-sync/queue-suppressions',
  'mirror-suppressions': 'suppression-sync/mirror-suppressions',
  'import-suppressions': 'suppression-sync/import-suppressions',
  'unsubscribe-recipient': 'public-links/unsubscribe-recipient',
  'track-read': 'public-links/track-read',
  'erase-recipient': 'erasure/erase-recipient',
  'delete-emails': 'erasure/delete-emails',
  'publish-status-events': 'status-events/publish-status-events',
} as const;

/** A function's name: the last folder of its path, its service in logs and the dimension of its metrics. */
export type FunctionName = keyof typeof FUNCTION_FOLDERS;
