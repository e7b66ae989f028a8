import { OVERDUE_WORDS, STATUS_WORDS } from './status-words.ts';
import type { Status } from './statuses.ts';
import { labelOf, lateStatus, type Overdue, type StatusLabel, type Vocabulary } from './vocabulary.ts';
import { finality, OWN_WORDS } from './vocabulary-words.ts';

/** A status in the words of a vocabulary. */
export type StatusInWords = StatusLabel &
  Readonly<{
    meaning: string;
    /** What a person can do; `null` where nothing is called for. */
    nextStep: string | null;
    /** From here only later evidence from SES can still change the status. */
    final: boolean;
  }>;

/** A status in the words of a vocabulary. They are many, and only who asks for them should carry them. */
export const describe = (status: Status, vocabulary: Vocabulary, overdue: Overdue): StatusInWords => {
  const { final, ...label } = labelOf(status, vocabulary, overdue);
  const late = lateStatus(status, overdue);
  const { meaning, nextStep } = late
    ? OVERDUE_WORDS[late]
    : { ...STATUS_WORDS[status], ...OWN_WORDS[vocabulary][status] };
  return { ...label, meaning: meaning + finality(vocabulary, final), nextStep, final };
};
