import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { isEnded, isPastEnd, type Mailing, singleMailing } from '../../domain/mailing/mailing.ts';
import { checkBeforeSending, type Rejection } from '../../domain/mailing/send-policy.ts';
import { DEPLETED_FOR } from '../../domain/mailing/send-rate.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { later } from '../../domain/values/time.ts';
import { type OutgoingEmail, type OutgoingEmails, WAITING } from '../../store/emails/outgoing-emails.ts';
import type { Mailings } from '../../store/mailings/mailings.ts';
import { checkAddress } from '../email/recipient-address.ts';
import { missingValue, type Renderer } from '../email/render.ts';
import type { ContentCache } from './content-cache.ts';
import { NotSendable } from './result.ts';

export type RecheckDependencies = Readonly<{
  emails: Pick<OutgoingEmails, 'find'>;
  mailings: Pick<Mailings, 'read'>;
  suppressions: Readonly<{ get: (address: string) => Promise<SuppressionItem | undefined> }>;
  contents: ContentCache;
}>;

/** An email that waits to be sent, with what to send, or with the status to end it with. */
export type Rechecked = Readonly<{ email: OutgoingEmail }> &
  (
    | Readonly<{ ready: Readonly<{ mailing: Mailing; renderer: Renderer; sendTo: string }> }>
    | Readonly<{ ending: FinalRejection }>
  );

export type FinalRejection = Rejection | Readonly<{ status: 'failed_rendering'; reason: string }>;

/**
 * Checks an email again right before SES is called, which may be hours after its acceptance, by its current state.
 * `undefined` if the email does not wait, or was deleted.
 * @throws NotSendable, UnreadableRow, and whatever the SDK throws
 */
export const recheck = async (
  { mailingId, messageId }: EmailToSend,
  { emails, mailings, suppressions, contents }: RecheckDependencies,
  now: string,
): Promise<Rechecked | undefined> => {
  const email = await emails.find(messageId);
  if (email?.status === undefined || !WAITING.includes(email.status)) return undefined;
  const { recipient, sendTo, values, depletedSince } = email;
  const [plan, suppression] = await Promise.all([mailings.read(mailingId), suppressions.get(recipient)]);
  const mailing = underWay(plan);
  if (sendTo === undefined) throw new NotSendable('the email was not accepted by Mailtrail');

  const checked = checkAddress(sendTo);
  const badAddress = 'wrong' in checked ? checked.wrong : undefined;
  const rejection = checkBeforeSending({ badAddress, isDuplicate: false, suppression, mailing, now });
  if (rejection !== undefined) return { email, ending: rejection };
  if (depletedSince !== undefined && later(depletedSince, DEPLETED_FOR) <= now) return { email, ending: TOO_LATE };

  const renderer = await contents(mailingId);
  if (renderer === undefined) {
    if (mailingId === singleMailing(messageId)) return { email, ending: TOO_OLD };
    throw new NotSendable('the mailing has no content');
  }
  const missing = renderer.missing(values);
  if (missing !== undefined) return { email, ending: { status: 'failed_rendering', reason: missingValue(missing) } };
  return { email, ready: { mailing, renderer, sendTo } };
};

const TOO_LATE: Rejection = { status: 'expired', reason: "The day's sending quota was used up for 24 hours" };

/** A single message's content is deleted long before its row, and cannot be restored. */
const TOO_OLD: Rejection = { status: 'expired', reason: 'The email waited for longer than its content is kept' };

/** Whether a mailing is over: its remaining emails need no send slot. @throws NotSendable */
export const isOver = (plan: Mailing | undefined, now: string): boolean => {
  const mailing = underWay(plan);
  return isEnded(mailing) || isPastEnd(mailing, now);
};

/** The plan of a started or ended mailing: no email is queued before its mailing starts. @throws NotSendable */
const underWay = (plan: Mailing | undefined): Mailing => {
  if (plan === undefined) throw new NotSendable('the mailing is unknown');
  if (plan.state !== 'started' && !isEnded(plan)) throw new NotSendable('the mailing has not started');
  return plan;
};
