import type { FailureReason } from '../ses-events/enhanced-status-code.ts';
import { failureMeaning, isFailure } from './failure-meanings.ts';
import { OVERDUE_WORDS, STATUS_WORDS } from './status-meanings.ts';
import type { Status } from './statuses.ts';
import { labelOf, lateStatus, type Overdue, type StatusLabel, type Vocabulary } from './vocabulary.ts';
import { finality, OWN_WORDS } from './vocabulary-words.ts';

/** A status in the words of a vocabulary. */
export type StatusInWords = StatusLabel &
  Readonly<{
    meaning: string;
    /** What a person can do; `null` if no action is needed. */
    nextStep: string | null;
    /** Whether only later evidence from SES can still change the status. */
    final: boolean;
  }>;

/**
 * A status in the words of a vocabulary. The texts are large, so only functions that need them should import this file.
 *
 * @param failure of one email: why it was not delivered. A vocabulary's own next step for a bounce is to check the
 * address, so it is used only if the reason is the address, or unknown
 */
export const explain = (
  status: Status,
  vocabulary: Vocabulary,
  overdue: Overdue,
  failure: FailureReason = 'unspecified',
): StatusInWords => {
  const { final, ...label } = labelOf(status, vocabulary, overdue);
  const late = lateStatus(status, overdue);
  const general = late ? OVERDUE_WORDS[late] : { ...STATUS_WORDS[status], ...OWN_WORDS[vocabulary][status] };
  const specific = isFailure(status) ? failureMeaning(status, failure, overdue.overdue) : undefined;
  const own = failure === 'wrong_address' && !late ? OWN_WORDS[vocabulary][status] : undefined;
  const { meaning, nextStep } = { ...general, ...specific, ...own };
  return { ...label, meaning: meaning + finality(vocabulary, final), nextStep, final };
};
