import { isInTransit, STATUSES, type Status, type StatusInTransit } from './statuses.ts';
import { LABELS, OVERDUE_LABELS, VOCABULARIES, type Vocabulary } from './vocabulary-labels.ts';

export { VOCABULARIES, type Vocabulary };

/** The vocabulary that is used if the request has none. */
export const DEFAULT_VOCABULARY: Vocabulary = 'mailtrail';

/** Whether a text (a parameter's) names a vocabulary. */
export const isVocabulary = (text: unknown): text is Vocabulary => VOCABULARIES.some((name) => name === text);

/** What a status is called in a vocabulary. */
export type StatusLabel = Readonly<{
  label: string;
  /** Whether the label is that vocabulary's own word; if it has none, Mailtrail's is shown. */
  native: boolean;
}>;

/** An email that is sent or deferred, without a further event in time. It changes nothing for any other status. */
export type Overdue = Readonly<{ overdue: boolean }>;

/** The status itself if being overdue makes a difference to it. */
export const lateStatus = (status: Status, { overdue }: Overdue): StatusInTransit | undefined =>
  overdue && isInTransit(status) ? status : undefined;

/** What a status is called in a vocabulary, and whether only later evidence from SES can still change it. */
export const labelOf = (
  status: Status,
  vocabulary: Vocabulary,
  overdue: Overdue,
): StatusLabel & Readonly<{ final: boolean }> => {
  const late = lateStatus(status, overdue);
  const own = (late && OVERDUE_LABELS[vocabulary]?.[late]) ?? LABELS[status][VOCABULARIES.indexOf(vocabulary)] ?? null;
  return { label: own ?? LABELS[status][0], native: own !== null, final: STATUSES[status].final };
};
