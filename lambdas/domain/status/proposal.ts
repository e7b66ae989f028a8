import type { Fact } from './fact.ts';
import type { Status } from './statuses.ts';

/** The status that a fact, or a set of facts, speaks for, and how strongly. */
export type Proposal = Readonly<{ status: Status; rank: number; at: string }>;

/** What one fact proposes; `undefined` where it is recorded but moves no status. */
export const proposalOf = ({ kind, at, details }: Fact): Proposal | undefined => {
  switch (kind) {
    case 'sent':
    // A mail server passed the email on and reports no failure (RFC 3464 section 2.3.3): it is still under way.
    case 'relayed':
      return { status: 'sent', rank: 100, at };
    case 'deferred':
      return { status: kind, rank: 110, at };
    case 'delivered':
      return { status: kind, rank: 200, at };
    case 'bounced_soft':
      return { status: kind, rank: hasEvidence(details) ? 210 : 120, at };
    case 'bounced_undetermined':
      return { status: kind, rank: hasEvidence(details) ? 211 : 120, at };
    case 'opened':
      return details.automated ? undefined : { status: kind, rank: 300, at };
    case 'read':
      return { status: kind, rank: 310, at };
    case 'clicked':
      // A scanner clicks every link, and leaving a list is no interest in it.
      return details.automated || details.unsubscribe ? undefined : { status: kind, rank: 320, at };
    case 'unsubscribed':
      return { status: kind, rank: 400, at };
    case 'invalid_address':
      return { status: kind, rank: 506, at };
    case 'suppressed':
      return { status: kind, rank: 507, at };
    case 'rejected':
      return { status: kind, rank: 508, at };
    case 'failed_rendering':
      return { status: kind, rank: 509, at };
    case 'bounced_hard':
      return { status: kind, rank: 520, at };
    case 'complained':
      return { status: kind, rank: 600, at };
    case 'resubscribed':
    case 'not_spam':
    // A mail server's report on the sender's side: it says nothing about whether the email was delivered or wanted.
    case 'auth_failure_report':
    case 'virus_report':
      return undefined;
  }
};

/**
 * Whether a remote server said something. An out-of-office reply arrives as a Transient bounce with none of these fields
 * (recorded from SES's own simulator), and must not turn a delivered email into a bounced one.
 */
const hasEvidence = ({ action, status, diagnostic, mta }: Fact['details']): boolean =>
  [action, status, diagnostic, mta].some((field) => field !== undefined);

/**
 * The status of an email: the proposal of the highest rank among its facts, the earliest of that rank. A maximum, so it
 * is the same in whatever order and however often the facts came.
 */
export const foldFacts = (facts: readonly Fact[]): Proposal | undefined =>
  facts.reduce<Proposal | undefined>((best, fact) => stronger(best, proposalOf(fact)), undefined);

/** Whether `challenger` takes the status from `holder`; the store's condition (record-facts.ts) says the same. */
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
