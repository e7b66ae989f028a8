import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { FactRecorder } from '../store/emails/record-facts.ts';
import type { ErasedReader } from '../store/erasures/erased-recipients.ts';
import type { SuppressionRecorder } from '../store/suppressions/record-change.ts';

export type RecordingDependencies = Readonly<{
  recordFacts: FactRecorder;
  /** Absent where a topic carries nothing that suppresses: such a function may not write to the list. */
  recordSuppression?: SuppressionRecorder;
  /** Who was erased: what comes of their emails from before is not recorded. */
  erasedPeople: ErasedReader;
  retentionDays: number;
  /** Milliseconds since 1970. */
  now: () => number;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics: Pick<Metrics, 'addMetric' | 'hasStoredMetrics' | 'publishStoredMetrics'>;
}>;

/** What a function needs whose topic carries events that suppress. */
export type SuppressingDependencies = RecordingDependencies &
  Required<Pick<RecordingDependencies, 'recordSuppression'>>;
