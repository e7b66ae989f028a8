import type { Status } from '../../domain/status/statuses.ts';
import type { EmailStatus } from '../../store/emails/email.ts';
import { displayedStatus } from './show-email.ts';

/** A status, or the beginning of several: `bounced*` is every status that begins with `bounced`. */
export type StatusFilter = Status | `${string}*`;

/** Whether an email is shown with a status of the filter. */
export const hasStatus = (email: EmailStatus, filter: StatusFilter): boolean => {
  const status = displayedStatus(email);
  return filter.endsWith('*') ? status.startsWith(filter.slice(0, -1)) : status === filter;
};
