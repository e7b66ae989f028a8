import type { Status, StatusInTransit } from './statuses.ts';

/**
 * The meaning of a status in a sentence, and what a person in the club's office can do; `null` if no action is needed.
 */
export type Words = Readonly<{ meaning: string; nextStep: string | null }>;

const WORTH_A_LOOK =
  'Wait a few minutes. If it stays like this for more than 10 minutes, ask your email administrator to check it.';
const TYPOS = 'Check the address for typos, and ask the recipient for the right one.';
const SKEWED =
  'Treat it as a hint only: privacy proxies and security scanners open emails and follow links too, and some mail programs hide that a person did.';

/** In Mailtrail's own words. */
export const STATUS_WORDS: Readonly<Record<Status, Words>> = {
  planned: { meaning: 'The email will be sent at the time it is planned for.', nextStep: null },
  pending_approval: {
    meaning: 'The email waits until a person approves it.',
    nextStep: 'Ask a person who may approve mailings to approve or refuse it.',
  },
  approved: { meaning: 'The email was approved and will be sent.', nextStep: null },
  queued: { meaning: 'The email was accepted and waits for its turn to be sent.', nextStep: WORTH_A_LOOK },
  throttled: {
    meaning: 'Many emails are going out, so this one waits until the send rate allows it.',
    nextStep: 'Nothing to do: it is sent as soon as the rate allows it.',
  },
  depleted: {
    meaning: "The day's sending quota is used up. The email is kept and will be sent when there is quota again.",
    nextStep: 'Wait until tomorrow. If it happens often, ask your email administrator for a higher quota.',
  },
  sending: { meaning: 'The email is being handed over to Amazon SES.', nextStep: WORTH_A_LOOK },
  skipped: {
    meaning: 'The email was not sent because it was not needed, such as a statement with no balance due.',
    nextStep: 'If the recipient should have received it, check the data that it was made from.',
  },
  canceled_duplicate: {
    meaning: 'The email was not sent because the same address was already in this mailing.',
    nextStep: null,
  },
  canceled_unsubscribed: {
    meaning: 'The email was not sent because the recipient has unsubscribed from this kind of email.',
    nextStep: 'If it is important, reach them in another way.',
  },
  canceled: {
    meaning: 'The email was not sent because a person canceled the mailing.',
    nextStep: 'If that was a mistake, set the mailing up again.',
  },
  quarantined: {
    meaning: 'The email was not sent because approval was refused.',
    nextStep: 'Ask why it was refused, change the mailing and submit it again.',
  },
  expired: {
    meaning: 'The email was not sent because the time to send it ran out.',
    nextStep: 'If it is still of use, send it again.',
  },
  invalid_address: { meaning: 'The email was not sent because the address seems to be wrong.', nextStep: TYPOS },
  suppressed: {
    meaning:
      'The email was not sent because the address is on a suppression list: earlier email to it bounced or was reported as spam, the recipient unsubscribed, or a person added it.',
    nextStep:
      'Check the address for typos. If it is right and the recipient wants your emails, staff can remove the suppression.',
  },
  rejected: {
    meaning: 'Amazon SES did not send the email because it found a virus in it.',
    nextStep: 'Check the attachments for viruses, replace them and send the email again.',
  },
  failed_rendering: {
    meaning: 'The email could not be written because a value that its text needs was missing.',
    nextStep: "Complete the recipient's data or correct the template, then send it again.",
  },
  failed_sending: {
    meaning: 'The email could not be handed over for sending, or it is unknown whether it was.',
    nextStep: 'Check the reason. If the outcome is unknown, ask the recipient before you send it again.',
  },
  sent: {
    meaning: "Amazon SES accepted the email. The recipient's mail server has not answered yet.",
    nextStep: WORTH_A_LOOK,
  },
  deferred: {
    meaning: "The recipient's mail server could not accept the email yet.",
    nextStep: 'Nothing to do: delivery is tried again for several hours.',
  },
  delivered: {
    meaning: "The recipient's mail server accepted the email.",
    nextStep:
      'It may not be in the inbox. If they cannot find it, ask them to look in their spam and promotions folders, then to ask their mailbox provider.',
  },
  bounced_soft: {
    meaning:
      'The email came back for a reason that will probably pass, such as a full mailbox. It is not tried again by itself.',
    nextStep: 'Send it again later. If it keeps coming back, check the address for typos and ask the recipient.',
  },
  bounced_undetermined: {
    meaning: 'The email came back without a reason.',
    nextStep: 'Check the address for typos. If it is right, try once more later.',
  },
  bounced_hard: {
    meaning:
      'The email came back for good: the address does not exist, or its mail server refuses it. Nothing more is sent to it.',
    nextStep: `${TYPOS} If it is right after all, staff can remove the suppression.`,
  },
  opened: { meaning: 'The recipient opened the email.', nextStep: SKEWED },
  read: { meaning: 'The recipient kept the email open for more than 5 seconds.', nextStep: SKEWED },
  clicked: { meaning: 'The recipient followed a link in the email.', nextStep: SKEWED },
  unsubscribed: {
    meaning: 'The recipient asked not to be sent such emails any more.',
    nextStep: 'Leave them off your mailings until they ask to be back.',
  },
  complained: {
    meaning: 'The recipient reported the email as spam. Nothing more is sent to them.',
    nextStep: 'If it was a mistake and the recipient wants your emails, staff can remove the suppression.',
  },
};

/** For an email without a further event in time: the texts above would be misleading. */
export const OVERDUE_WORDS: Readonly<Record<StatusInTransit, Words>> = {
  sent: {
    meaning: 'Amazon SES accepted the email, but has reported nothing about it for longer than usual.',
    nextStep: 'Check the address for typos, and ask the recipient whether it arrived.',
  },
  deferred: {
    meaning: "The recipient's mail server could not accept the email, and the retry period is over.",
    nextStep: 'Check the address for typos, then send it again.',
  },
};
