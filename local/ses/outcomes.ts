import type { Email } from './email.ts';
import type { Behaviour } from './mailbox-simulator.ts';
import type { Outcome, World } from './outcome.ts';
import type { Mailbox } from './recipient.ts';
import {
  autoReplied,
  bounced,
  complained,
  delivered,
  engaged,
  NOT_ATTEMPTED_AFTER,
  notAttempted,
} from './recipient-outcomes.ts';
import type { Reason } from './suppression-list.ts';

/**
 * All future events of one email, in order. Send is always the first: it means that SES accepted the email, including
 * one that a suppression list then stops.
 */
export const outcomesOf = (email: Email, world: World): readonly Outcome[] => {
  const send: Outcome = { eventType: 'Send', after: 0, body: {} };
  const stopped = stoppedBy(email);
  if (stopped !== undefined) return [send, stopped];
  // The account's suppression list takes precedence over what a simulator address would do (probed on SES).
  const listed = (reason: Reason) => email.recipients.filter(({ address }) => world.reasonFor(address) === reason);
  const open = email.recipients.filter(({ address }) => world.reasonFor(address) === undefined);
  const behaving = (...behaviours: readonly (Behaviour | undefined)[]) =>
    open.filter(({ address }) => behaviours.includes(world.behaviourOf(address)));
  return [
    send,
    ...whereAny(listed('BOUNCE'), (mailboxes) => notAttempted(email, 'Bounce', mailboxes, world)),
    ...whereAny(listed('COMPLAINT'), (mailboxes) => notAttempted(email, 'Complaint', mailboxes, world)),
    ...whereAny(behaving('bounce', 'suppressionlist'), (mailboxes) => bounced(email, mailboxes, world)),
    ...behaving('success', 'ooto', 'complaint', undefined).map(({ address }) => delivered(email, address)),
    ...whereAny(behaving('ooto'), (mailboxes) => autoReplied(email, mailboxes, world)),
    ...whereAny(behaving('complaint'), (mailboxes) => complained(email, mailboxes, world)),
    ...behaving(undefined).flatMap(({ address }) => engaged(email, address, world)),
  ].sort((one, other) => one.after - other.after);
};

const stoppedBy = ({ content }: Email): Outcome | undefined => {
  if (content.renderingFailure !== undefined) {
    return { eventType: 'Rendering Failure', after: NOT_ATTEMPTED_AFTER, body: content.renderingFailure };
  }
  return content.infected
    ? { eventType: 'Reject', after: NOT_ATTEMPTED_AFTER, body: { reason: 'Bad content' } }
    : undefined;
};

const whereAny = (mailboxes: readonly Mailbox[], outcome: (mailboxes: readonly Mailbox[]) => Outcome) =>
  mailboxes.length === 0 ? [] : [outcome(mailboxes)];
