import { hasPassed } from '../../domain/mailing/recovery.ts';
import { DEPLETED_FOR } from '../../domain/mailing/send-rate.ts';
import type { StalledEmail, StalledEmails } from '../../store/emails/stalled-emails.ts';

/** What became of an email that was looked at. */
export type Resolved = 'unknown' | 'expired' | 'requeued';

/** Why nobody knows: its worker died, or SES's answer was lost. */
export const UNKNOWN = 'outcome unknown';
const NO_QUOTA = "The day's sending quota was used up for 24 hours";

/**
 * Ends an email that has stalled, or says that it is to be queued again; each by condition. `undefined` where it has gone
 * on by itself, or nothing is to be done but not to look at it again.
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
      // Before it is queued: the sender writes nothing on one whose time is ahead, if there is still no quota.
      return (await emails.postpone(email, at)) ? 'requeued' : undefined;
    }
    case 'queued':
    case 'throttled':
      return 'requeued';
    case undefined:
      // A newer version's word: that one will know what it waits for.
      return undefined;
    case 'failed_sending':
      // A person may send it again, with its values.
      await emails.leave(email);
      return undefined;
    default:
      // SES reported it to the recording functions, which know nothing of its values.
      await emails.finish(email);
      return undefined;
  }
};
