import { OVERDUE_WORDS, STATUS_WORDS } from './status-words.ts';
import { STATUSES, type Status } from './statuses.ts';
import { LABELS, VOCABULARIES, type Vocabulary } from './vocabulary-labels.ts';
import { finality, OVERDUE_LABELS, OWN_WORDS } from './vocabulary-words.ts';

export { VOCABULARIES, type Vocabulary };

/** Whose words are used where none are asked for. */
export const DEFAULT_VOCABULARY: Vocabulary = 'mailtrail';

/** Whether a text (a parameter's) names a vocabulary. */
export const isVocabulary = (text: unknown): text is Vocabulary => VOCABULARIES.some((name) => name === text);

/** A status in the words of a vocabulary. */
export type StatusInWords = Readonly<{
  label: string;
  /** Whether the label is that vocabulary's own word; where it has none, Mailtrail's is shown. */
  native: boolean;
  meaning: string;
  /** What a person can do; `null` where nothing is called for. */
  nextStep: string | null;
  /** From here only later evidence from SES can still change the status. */
  final: boolean;
}>;

/**
 * A status in the words of a vocabulary. `overdue` is of an email that is sent or deferred and of which nothing was heard
 * in time; it changes nothing for any other status.
 */
export const describe = (
  status: Status,
  vocabulary: Vocabulary,
  { overdue }: { readonly overdue: boolean },
): StatusInWords => {
  const late = overdue && (status === 'sent' || status === 'deferred') ? status : undefined;
  const own = (late && OVERDUE_LABELS[vocabulary]?.[late]) ?? LABELS[status][VOCABULARIES.indexOf(vocabulary)] ?? null;
  const { meaning, nextStep } = late
    ? OVERDUE_WORDS[late]
    : { ...STATUS_WORDS[status], ...OWN_WORDS[vocabulary][status] };
  const { final } = STATUSES[status];
  return {
    label: own ?? LABELS[status][0],
    native: own !== null,
    meaning: meaning + finality(vocabulary, final),
    nextStep,
    final,
  };
};
