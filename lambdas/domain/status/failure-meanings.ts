import type { FailureReason } from '../ses-events/enhanced-status-code.ts';
import type { Words } from './status-meanings.ts';
import { isStatusWith, type Status, type StatusWith } from './statuses.ts';

const WITH_REASON = { hasReason: true } as const;

/** Statuses of an email that did not arrive, or has not arrived yet, for a reason that may be known. */
type Failure = StatusWith<typeof WITH_REASON>;

/** Whether a failure reason can explain a status. */
export const isFailure = (status: Status): status is Failure => isStatusWith(status, WITH_REASON);

/**
 * The meaning of a failed email's status and the next step, by the reason for the failure; `undefined` if the reason
 * adds nothing to the status.
 *
 * @param overdue for a deferred email: the retry period is over
 */
export const failureMeaning = (status: Failure, reason: FailureReason, overdue: boolean): Words | undefined => {
  if (reason === 'unspecified') return undefined;
  const { why, fix } = REASONS[reason];
  switch (status) {
    case 'deferred':
      return overdue
        ? { meaning: `The email was not delivered in time: ${why}`, nextStep: `${fix} Then send it again.` }
        : {
            meaning: `The email is not delivered yet: ${why}`,
            nextStep: `Nothing to do yet: delivery is tried again for several hours. If it fails: ${fix}`,
          };
    case 'bounced_soft':
    case 'bounced_undetermined':
      return {
        meaning: `The email came back: ${why} It is not tried again by itself.`,
        nextStep: `${fix} Then send it again.`,
      };
    case 'bounced_hard':
      return {
        meaning: `The email came back for good: ${why} Nothing more is sent to the address.`,
        nextStep: `${fix} ${reason === 'wrong_address' ? 'If it is right after all, staff' : 'Then staff'} can remove the suppression.`,
      };
  }
};

const REASONS: Readonly<Record<Exclude<FailureReason, 'unspecified'>, Readonly<{ why: string; fix: string }>>> = {
  wrong_address: {
    why: 'the address, or its domain, does not exist or does not accept email.',
    fix: 'Check the address for typos, and ask the recipient for the right one.',
  },
  sender_address: {
    why: "the recipient's mail server refuses the address that the email was sent from.",
    fix: "The recipient's address may be right. Check the sender's address, and that its domain exists and receives email.",
  },
  mailbox_full: {
    why: "the recipient's mailbox is full.",
    fix: 'The address is right. Reach the recipient in another way and ask them to make room.',
  },
  mailbox_or_domain: {
    why: 'the mailbox is disabled, or it or its domain has a new owner.',
    fix: 'Reach the recipient in another way and ask for an address that they use now.',
  },
  sender_refused: {
    why: "the recipient's mail server refuses the sender or the content, not the address.",
    fix: "The recipient's address may be right. Read the server's answer (`diagnostic`), and check SPF, DKIM and DMARC of your domain, its reputation, and the content.",
  },
  message_fault: {
    why: 'the message is too large, or has a format or content that the mail server does not accept.',
    fix: "The recipient's address may be right. Make the email smaller, or leave out what was refused, such as an attachment.",
  },
  recipient_server: {
    why: "the recipient's mail server could not be reached, or failed.",
    fix: 'Check the part of the address after the @ for typos. If it is right, wait until the server works again.',
  },
};
