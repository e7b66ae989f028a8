import { type FailureReason, failureReason } from '../../domain/ses-events/enhanced-status-code.ts';
import { wholeDiagnostic } from '../../domain/ses-events/last-bounce.ts';
import { explain } from '../../domain/status/explanation.ts';
import { type Bounce, type History, readHistory } from '../../domain/status/history.ts';
import { proposalOf } from '../../domain/status/proposal.ts';
import { isInTransit, isRankOfSes, STATUSES, type Status } from '../../domain/status/statuses.ts';
import { labelOf, type Vocabulary } from '../../domain/status/vocabulary.ts';
import { present } from '../../domain/values/json.ts';
import { later } from '../../domain/values/time.ts';
import type { EmailStatus } from '../../store/emails/email.ts';
import { showEvents } from './show-event.ts';

/** The vocabulary and the time (ISO 8601) for which an email is shown. */
export type ShowOptions = Readonly<{ vocabulary: Vocabulary; now: string }>;

/**
 * The status an email is shown with. One that this version has no word for is shown by the facts it knows; one that
 * only a machine has opened so far has been sent, or it had not got there.
 */
export const displayedStatus = ({ status, events }: Pick<EmailStatus, 'status' | 'events'>): Status =>
  status ?? readHistory(events).proposal?.status ?? 'sent';

/** An EmailStatus of the contract, without its events. */
export const showEmail = (email: EmailStatus, asked: ShowOptions) =>
  showHistory(email, readHistory(email.events), asked);

/** An EmailStatus of the contract with what its status means and what to do next, without its events. */
export const showEmailInWords = (email: EmailStatus, asked: ShowOptions) =>
  inWords(email, readHistory(email.events), asked);

/** An EmailStatus of the contract, with its events and what its status means. */
export const showEmailWithEvents = (email: EmailStatus, asked: ShowOptions) => {
  const history = readHistory(email.events);
  return { ...inWords(email, history, asked), events: showEvents(history) };
};

const inWords = (email: EmailStatus, history: History, asked: ShowOptions) => {
  const shown = showHistory(email, history, asked);
  const { meaning, nextStep } = explain(shown.status, asked.vocabulary, shown, failureIn(history, shown.bounce));
  return { ...shown, meaning, nextStep };
};

const showHistory = (email: EmailStatus, history: History, { vocabulary, now }: ShowOptions) => {
  const status = displayedStatus(email);
  const overdue = isOverdue(status, history, { statusAt: email.statusAt, now });
  const { label, native, final } = labelOf(status, vocabulary, { overdue });
  return {
    ...idsOf(email),
    recipient: email.recipient,
    ...{ status, label, native, group: STATUSES[status].group, final, overdue },
    // The sender's reason is for the sender's statuses.
    reason: (takenBySes(email) ? reasonIn(history, email) : email.reason) ?? null,
    statusAt: email.statusAt ?? null,
    ...descriptionOf(email),
    sentAt: history.sentAt ?? sentAt(email) ?? null,
    ...engagementOf(email, history),
    bounce: bounceIn(history, email),
    complaint: history.complaint,
    delay: history.delay,
  };
};

/** The bounce, with the remote server's whole diagnostic if it is stored. */
const bounceIn = ({ bounce }: History, { lastBounce }: EmailStatus): Bounce | null =>
  bounce && { ...bounce, diagnostic: wholeDiagnostic(bounce.diagnostic, bounce.at, lastBounce) };

/** Why the email failed: the code may be in a part of the diagnostic that did not fit into the line of the bounce. */
const failureIn = ({ failure }: History, bounce: Bounce | null): FailureReason | undefined =>
  bounce === null
    ? failure
    : failureReason(
        present<Parameters<typeof failureReason>[0]>({
          subtype: bounce.subType ?? undefined,
          status: bounce.smtpStatus ?? undefined,
          diagnostic: bounce.diagnostic ?? undefined,
        }),
      );

/** What of a message is the same for all its recipients, from any of its rows that has it. */
export const showMessage = (rows: readonly EmailStatus[]) => {
  const whole = Object.assign({}, ...rows.toReversed()) as EmailStatus;
  return { ...idsOf(whole), ...descriptionOf(whole) };
};

/** Events of a message that cannot be attributed to one recipient. */
export const showUnattributed = (itself: EmailStatus) => {
  const history = readHistory(itself.events);
  return { ...engagementOf(itself, history), events: showEvents(history) };
};

const idsOf = (email: EmailStatus) => ({
  messageId: email.messageId,
  sesMessageId: email.sesMessageId ?? (takenBySes(email) ? email.messageId : null),
  createdAt: email.createdAt ?? null,
});

/**
 * Whether SES accepted the email. A row without a rank holds facts of SES that give no status, such as a machine's
 * open.
 */
const takenBySes = ({ rank }: EmailStatus): boolean => rank === undefined || isRankOfSes(rank);

/**
 * When SES accepted an email without a Send fact. In a row that Mailtrail created when it accepted the email, maybe
 * days before, the time comes from the sender.
 */
const sentAt = (email: EmailStatus): string | undefined => {
  if (!takenBySes(email)) return undefined;
  if (email.acceptedAs === undefined) return email.createdAt;
  return email.status === 'sent' ? email.statusAt : undefined;
};

const descriptionOf = (email: EmailStatus) => ({
  subject: email.subject ?? null,
  from: email.from ?? email.envelopeSender ?? null,
  envelopeSender: email.envelopeSender ?? null,
  campaignId: email.campaignId ?? null,
  category: email.category ?? null,
  tags: email.tags ?? {},
});

const engagementOf = (
  { moreEngagement }: EmailStatus,
  {
    opens,
    clicks,
    machineOpens,
    machineClicks,
    bursts,
  }: Pick<History, 'opens' | 'clicks' | 'machineOpens' | 'machineClicks' | 'bursts'>,
) => ({
  ...{ opens, clicks, machineOpens, machineClicks },
  countsAreFloor: moreEngagement === true,
  probablyScanner: bursts.size > 0,
});

/** Milliseconds after the last fact within which SES reports a further event of an email in transit. */
const PATIENCE = 48 * 3_600_000;

const isOverdue = (
  status: Status,
  { triedUntil, lastAt }: History,
  { statusAt, now }: Readonly<{ statusAt: string | undefined; now: string }>,
): boolean => {
  if (!isInTransit(status)) return false;
  // SES may publish no event at all for an email that Mailtrail sent.
  const last = lastAt ?? statusAt;
  const due = triedUntil ?? (last && later(last, PATIENCE));
  return due !== undefined && due < now;
};

/** SES's sentence in the fact that gave the status, as a rejection and a template's failure have one. */
const reasonIn = ({ facts }: History, { rank, statusAt }: EmailStatus): string | undefined =>
  facts.find((fact) => fact.at === statusAt && proposalOf(fact)?.rank === rank)?.details.reason;
