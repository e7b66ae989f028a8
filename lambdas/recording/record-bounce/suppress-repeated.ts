import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import {
  countsAgainstMailbox,
  type EmailOutcome,
  type SoftBounceRule,
  softBouncesInARow,
} from '../../domain/ses-events/repeated-soft-bounce.ts';
import { toLine } from '../../domain/status/fact-line.ts';
import { foldFacts } from '../../domain/status/proposal.ts';
import { isSimulator } from '../../domain/values/address.ts';
import type { LastEmails } from '../../store/emails/last-emails-to.ts';
import type { EmailFacts } from '../../store/emails/record-facts.ts';
import type { SuppressionRecorder } from '../../store/suppressions/record-change.ts';
import type { AfterRecording } from '../dependencies.ts';

export type Dependencies = Readonly<{
  lastEmails: LastEmails;
  recordSuppression: SuppressionRecorder;
  rule: SoftBounceRule;
}>;

/**
 * The step after a soft bounce is recorded: suppresses its address if there were too many of them. It is the only step
 * of recording that reads. What was delivered in between is in the emails' rows; a count would cost a write for each
 * delivery.
 */
export const suppressRepeated =
  ({ lastEmails, recordSuppression, rule }: Dependencies): AfterRecording =>
  async (arrival, erased, now) => {
    const { messageId, recipient, spellings, facts, arrivedAt } = arrival;
    if (rule.bounces === 0 || !facts.some(countsAgainstMailbox)) return;
    if (recipient === MESSAGE_ITSELF || isSimulator(recipient)) return;
    const time = [new Date(now).toISOString(), arrivedAt].sort()[1] ?? arrivedAt;
    const known: EmailOutcome[] = [];
    for await (const { emails, isLast } of lastEmails(recipient)) {
      // Emails of an erased person that are not deleted yet do not count.
      known.push(...emails.filter(({ createdAt }) => !erased.email(recipient, createdAt)));
      const row = softBouncesInARow(withArrival(known, arrival, isLast), messageId, rule, time);
      if (row === 'undecided' || (row === 'none' && !isLast && isOlder(arrival, known))) continue;
      if (row !== 'none') {
        const { begins, since } = row;
        await recordSuppression({
          address: recipient,
          spellings,
          cause: 'repeated_soft_bounce',
          begins,
          unlessEnded: since,
          arrivedAt,
        });
      }
      return;
    }
  };

/** The index may not have the email yet: then only the facts that arrived now are known. */
const withArrival = (known: readonly EmailOutcome[], arrival: EmailFacts, isLast: boolean): readonly EmailOutcome[] => {
  const { messageId, facts, description } = arrival;
  if (known.some((email) => email.messageId === messageId) || (!isLast && isOlder(arrival, known))) return known;
  const { status, rank, at } = foldFacts(facts) ?? {};
  const { createdAt, sesMessageId } = description;
  return [
    ...known,
    {
      ...{ messageId, events: facts.map(toLine) },
      ...(status !== undefined && rank !== undefined && at !== undefined && { status, rank, statusAt: at }),
      ...(createdAt !== undefined && { createdAt }),
      ...(sesMessageId !== undefined && { sesMessageId }),
    },
  ];
};

/** Whether the email is older than all that were read: a bounce that arrives late. */
const isOlder = ({ description: { createdAt } }: EmailFacts, known: readonly EmailOutcome[]): boolean =>
  createdAt !== undefined && known.every((email) => email.createdAt !== undefined && createdAt < email.createdAt);
