import type { Columns } from '../../http/csv.ts';

/** An EmailStatus of a list in CSV. New columns go to the end: readers count them. */
export const EMAIL_COLUMNS: Columns = [
  'createdAt recipient status label group final overdue statusAt reason subject from',
  'messageId sesMessageId sentAt campaignId category tags native',
  'opens clicks machineOpens machineClicks countsAreFloor',
  'bounce.type bounce.subType bounce.smtpStatus bounce.diagnostic bounce.reportingMta bounce.at',
  'complaint.feedbackType complaint.subType complaint.userAgent complaint.at',
  'delay.type delay.expiresAt delay.diagnostic delay.at',
  'envelopeSender bounce.namedRecipient complaint.namedRecipient probablyScanner',
].flatMap((names) => names.split(' '));
