import { isSimulator } from '../domain/address.ts';
import { MESSAGE_ITSELF } from '../domain/attribution.ts';
import type { Fact } from '../domain/fact.ts';
import { proposalOf } from '../domain/proposal.ts';
import { type Outcome, type SoftBounceRule, softBouncesInARow, WITH_EVIDENCE } from '../domain/repeated-soft-bounce.ts';
import type { LastEmails } from '../store/read-last-emails.ts';
import type { Arrival } from '../store/record-facts.ts';
import type { SuppressionRecorder } from '../store/record-suppressions.ts';

export type Dependencies = Readonly<{
  lastEmails: LastEmails;
  recordSuppression: SuppressionRecorder;
  rule: SoftBounceRule;
}>;

/**
 * Suppresses the address of a soft bounce, once that is recorded, if it was one too many. Only here recording reads: what
 * was delivered in between is in the emails' rows, and to count on each delivery would cost a write for every one.
 */
export const suppressRepeated =
  ({ lastEmails, recordSuppression, rule }: Dependencies) =>
  async ({ recipient, spellings, facts }: Arrival): Promise<void> => {
    if (rule.bounces === 0 || !facts.some(isSoftBounceWithEvidence)) return;
    if (recipient === MESSAGE_ITSELF || isSimulator(recipient)) return;
    const known: Outcome[] = [];
    for await (const emails of lastEmails(recipient)) {
      known.push(...emails);
      const row = softBouncesInARow(known, rule);
      if (row === 'undecided') continue;
      if (row !== 'none') {
        const { begins, since } = row;
        await recordSuppression({
          address: recipient,
          spellings,
          cause: 'repeated_soft_bounce',
          begins,
          unlessEnded: since,
        });
      }
      return;
    }
  };

const isSoftBounceWithEvidence = (fact: Fact): boolean =>
  fact.kind === 'bounced_soft' && proposalOf(fact)?.rank === WITH_EVIDENCE;
