import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { ErasedRecipients } from '../domain/erasure/erasure.ts';
import type { EmailFacts, FactRecorder } from '../store/emails/record-facts.ts';
import type { ErasedReader } from '../store/erasures/erased-recipients.ts';
import type { SuppressionRecorder } from '../store/suppressions/record-change.ts';

/**
 * A step that follows once an email's facts are recorded. If it fails, their records are delivered again, and both are
 * repeated.
 * @param now milliseconds since 1970
 */
export type AfterRecording = (facts: EmailFacts, erased: ErasedRecipients, now: number) => Promise<void>;

export type RecordingDependencies = Readonly<{
  recordFacts: FactRecorder;
  afterRecording?: AfterRecording;
  /** Absent for a topic without events that suppress: its function may not write to the list. */
  recordSuppression?: SuppressionRecorder;
  /** The people who were erased: events of their earlier emails are not recorded. */
  erasedPeople: ErasedReader;
  retentionDays: number;
  /** Milliseconds since 1970. */
  now: () => number;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics: Pick<Metrics, 'addMetric' | 'hasStoredMetrics' | 'publishStoredMetrics'>;
}>;

/** For a topic that carries events that suppress. */
export type SuppressingDependencies = RecordingDependencies &
  Required<Pick<RecordingDependencies, 'recordSuppression'>>;
