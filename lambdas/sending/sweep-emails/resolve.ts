import { hasPassed } from '../../domain/mailing/recovery.ts';
import { DEPLETED_FOR } from '../../domain/mailing/send-rate.ts';
import type { StalledEmail, StalledEmails } from '../../store/emails/stalled-emails.ts';

/** The result for an email that was checked. */
export type Resolved = 'unknown' | 'expired' | 'requeued';

/** The reason if the worker died or SES's answer was lost. */
export const UNKNOWN = 'outcome unknown';
const NO_QUOTA = "The day's sending quota was used up for 24 hours";

/**
 * Ends a stalled email, or returns that it must be queued again. Each write is conditional. `undefined` if the email has
 * changed meanwhile, or only its next check was removed.
 */
export const resolve = async (
  emails: StalledEmails,
  email: StalledEmail,
  at: string,
): Promise<Resolved | undefined> => {
  switch (email.status) {
    case 'sending':
      return (await emails.giveUp(email, UNKNOWN, at)) ? 'unknown' : undefined;
    case 'depleted': {
      if (hasPassed(email.depletedSince ?? email.statusAt ?? at, DEPLETED_FOR, at)) {
        return (await emails.expire(email, NO_QUOTA, at)) ? 'expired' : undefined;
      }
      // Before it is queued: the sender does not write to a row whose time is in the future, if there is still no quota.
      return (await emails.postpone(email, at)) ? 'requeued' : undefined;
    }
    case 'queued':
    case 'throttled':
      return 'requeued';
    case undefined:
      // A status of a newer version, which handles it.
      return undefined;
    case 'failed_sending':
      // A user may send it again, with its values.
      await emails.leave(email);
      return undefined;
    default:
      // SES reported on it; the recording functions do not remove its values.
      await emails.finish(email);
      return undefined;
  }
};
