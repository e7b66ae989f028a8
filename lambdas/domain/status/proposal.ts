import type { Fact } from './fact.ts';
import { STATUSES, type Status, type StatusWith } from './statuses.ts';

/** The status that a fact, or a set of facts, proposes, and its rank. */
export type Proposal = Readonly<{ status: Status; rank: number; at: string }>;

/** What one fact proposes; `undefined` if it is recorded but changes no status. */
export const proposalOf = ({ kind, at, details }: Fact): Proposal | undefined => {
  switch (kind) {
    // A mail server passed the email on and reports no failure (RFC 3464 section 2.3.3): it is still in transit.
    case 'relayed':
      return ofSes('sent', at);
    case 'bounced_soft':
    case 'bounced_undetermined': {
      const { ses, withoutEvidence } = STATUSES[kind].ranks;
      return { status: kind, rank: hasEvidence(details) ? ses : withoutEvidence, at };
    }
    case 'opened':
      return details.automated ? undefined : ofSes(kind, at);
    case 'clicked':
      // A scanner clicks every link, and a click of an unsubscribe link shows no interest in the email.
      return details.automated || details.unsubscribe ? undefined : ofSes(kind, at);
    case 'sent':
    case 'deferred':
    case 'delivered':
    case 'read':
    case 'unsubscribed':
    case 'invalid_address':
    case 'suppressed':
    case 'rejected':
    case 'failed_rendering':
    case 'bounced_hard':
    case 'complained':
      return ofSes(kind, at);
    case 'resubscribed':
    case 'not_spam':
    // A mail server's report on the sender's side. It does not show whether the email was delivered or wanted.
    case 'auth_failure_report':
    case 'virus_report':
      return undefined;
  }
};

type StatusOfSes = StatusWith<Readonly<{ ranks: Readonly<{ ses: number }> }>>;

const ofSes = (status: StatusOfSes, at: string): Proposal => ({ status, rank: STATUSES[status].ranks.ses, at });

/**
 * Whether there is evidence from a remote server. An out-of-office reply arrives as a Transient bounce with none of
 * these fields (recorded from SES's own simulator), and must not turn a delivered email into a bounced one.
 */
const hasEvidence = ({ action, status, diagnostic, mta }: Fact['details']): boolean =>
  [action, status, diagnostic, mta].some((field) => field !== undefined);

/**
 * The status of an email: the proposal of the highest rank among its facts, the earliest of that rank. A maximum, so it
 * depends neither on the order of the facts nor on repeats.
 */
export const foldFacts = (facts: readonly Fact[]): Proposal | undefined =>
  facts.reduce<Proposal | undefined>((best, fact) => stronger(best, proposalOf(fact)), undefined);

/** Whether `challenger` replaces `holder`; the store's condition (record-facts.ts) is equivalent. */
export const outranks = (
  challenger: Pick<Proposal, 'rank' | 'at' | 'status'>,
  holder: Pick<Proposal, 'rank' | 'at' | 'status'>,
): boolean =>
  challenger.rank !== holder.rank
    ? challenger.rank > holder.rank
    : challenger.at !== holder.at
      ? challenger.at < holder.at
      : challenger.status < holder.status;

const stronger = (best: Proposal | undefined, next: Proposal | undefined): Proposal | undefined =>
  next !== undefined && (best === undefined || outranks(next, best)) ? next : best;
