import { keptLink } from '../ses-events/clicked-link.ts';
import { type FailureReason, failureReason } from '../ses-events/enhanced-status-code.ts';
import { clicksInBursts } from './click-burst.ts';
import type { Fact, FactDetails } from './fact.ts';
import { readLine, sameness } from './fact-line.ts';
import { foldFacts, type Proposal, proposalOf } from './proposal.ts';

/**
 * What follows from all facts of an email. It is derived at read time, so no derived value can become stale in the
 * table.
 */
export type History = Readonly<{
  /** Oldest first, each once. */
  facts: readonly Fact[];
  /** The status the facts give; `undefined` while none of them proposes one. */
  proposal: Proposal | undefined;
  opens: number;
  clicks: number;
  machineOpens: number;
  machineClicks: number;
  /** The clicks that are part of a burst, and so probably a scanner's. */
  bursts: ReadonlySet<Fact>;
  sentAt: string | null;
  /** Time of the latest fact. */
  lastAt: string | null;
  bounce: Bounce | null;
  complaint: Complaint | null;
  delay: Delay | null;
  /** Why the email was not delivered, by its bounce, else by its latest delay; undefined if it has neither. */
  failure: FailureReason | undefined;
  /** When SES stops retrying, as last reported; null if SES reported none. */
  triedUntil: string | null;
}>;

/** A field that SES did not report is null. `smtpStatus` is the enhanced status code of RFC 3463. */
export type Bounce = Readonly<{
  type: string;
  subType: string | null;
  smtpStatus: string | null;
  diagnostic: string | null;
  reportingMta: string | null;
  /** The address named in the report, if the email was not sent to it. */
  namedRecipient: string | null;
  at: string;
}>;
export type Complaint = Readonly<{
  feedbackType: string | null;
  subType: string | null;
  userAgent: string | null;
  namedRecipient: string | null;
  at: string;
}>;
export type Delay = Readonly<{ type: string | null; expiresAt: string | null; diagnostic: string | null; at: string }>;

/** Parses an email's stored lines. Lines that this version cannot parse are skipped. */
export const readHistory = (lines: readonly string[]): History => {
  const all = lines.flatMap((line) => readLine(line) ?? []);
  const facts = eachOnce(all).map(withKeptLink);
  const proposal = foldFacts(all);
  const count = (kind: Fact['kind'], automated: boolean) =>
    facts.filter((fact) => fact.kind === kind && (fact.details.automated === 'yes') === automated).length;
  const told = (tells: (fact: Fact) => boolean) => decisive(facts.filter(tells), proposal);
  const [bounce, delay] = [told(isBounce), told((fact) => fact.kind === 'deferred')];
  return {
    facts,
    proposal,
    opens: count('opened', false),
    clicks: count('clicked', false),
    machineOpens: count('opened', true),
    machineClicks: count('clicked', true),
    bursts: clicksInBursts(facts),
    sentAt: facts.find((fact) => fact.kind === 'sent')?.at ?? null,
    lastAt: facts.at(-1)?.at ?? null,
    bounce: bounceOf(bounce),
    complaint: complaintOf(told(isComplaint)),
    delay: delayOf(delay),
    failure: failureOf(bounce ?? delay),
    triedUntil:
      facts
        .flatMap(({ details }) => details.expires ?? [])
        .sort()
        .at(-1) ?? null,
  };
};

/** Equal except for details (one source reported more than the other): the longer details are shown. */
const eachOnce = (facts: readonly Fact[]): readonly Fact[] => {
  const merged = new Map<string, Fact>();
  for (const fact of facts) {
    const known = merged.get(sameness(fact));
    merged.set(sameness(fact), known === undefined ? fact : joined(known, fact));
  }
  return [...merged]
    .map(([same, fact]) => [`${fact.at} ${same}`, fact] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, fact]) => fact);
};

/** At the earlier of two times, as in the status. */
const joined = (one: Fact, other: Fact): Fact => ({
  ...one,
  at: one.at < other.at ? one.at : other.at,
  details: longer(one.details, other.details),
});

/** Versions before clicked-link.ts stored links as in SES's events. */
const withKeptLink = (fact: Fact): Fact =>
  fact.details.link === undefined ? fact : { ...fact, details: { ...fact.details, link: keptLink(fact.details.link) } };

/**
 * Each detail at its longest. An open counts as a person's if one source reports it so, because that one set the
 * status.
 */
const longer = (one: FactDetails, other: FactDetails): FactDetails => {
  const { automated: _, ...details }: Record<string, string> = { ...one };
  for (const [word, said] of Object.entries(other)) {
    if (word === 'automated') continue;
    const known = details[word] ?? '';
    if (said.length > known.length || (said.length === known.length && said > known)) details[word] = said;
  }
  return one.automated && other.automated ? { ...details, automated: 'yes' } : details;
};

const failureOf = (fact: Fact | undefined): FailureReason | undefined => fact && failureReason(fact.details);

const isBounce = ({ details }: Fact) => details.type !== undefined;

/**
 * A complaint that named a suppression list is recorded as suppressed; the type distinguishes it from a bounce.
 * `not_spam` is the opposite of a complaint, and must not be shown as one.
 */
const isComplaint = (fact: Fact) => fact.kind === 'complained' || (fact.kind === 'suppressed' && !isBounce(fact));

/** The fact that set the status, else the latest. */
const decisive = (facts: readonly Fact[], winner: Proposal | undefined): Fact | undefined =>
  facts.find((fact) => {
    const proposal = proposalOf(fact);
    return proposal !== undefined && proposal.rank === winner?.rank && proposal.at === winner.at;
  }) ?? facts.at(-1);

const bounceOf = (fact: Fact | undefined): Bounce | null =>
  fact?.details.type === undefined
    ? null
    : {
        type: fact.details.type,
        subType: fact.details.subtype ?? null,
        smtpStatus: fact.details.status ?? null,
        diagnostic: fact.details.diagnostic ?? null,
        reportingMta: fact.details.mta ?? null,
        namedRecipient: fact.details.named ?? null,
        at: fact.at,
      };

const complaintOf = (fact: Fact | undefined): Complaint | null =>
  fact === undefined
    ? null
    : {
        feedbackType: fact.details.feedback ?? null,
        subType: fact.details.subtype ?? null,
        userAgent: fact.details.agent ?? null,
        namedRecipient: fact.details.named ?? null,
        at: fact.at,
      };

const delayOf = (fact: Fact | undefined): Delay | null =>
  fact === undefined
    ? null
    : {
        type: fact.details.delay ?? null,
        expiresAt: fact.details.expires ?? null,
        diagnostic: fact.details.diagnostic ?? null,
        at: fact.at,
      };
