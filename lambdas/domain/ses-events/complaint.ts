import type { FactDetails } from '../status/fact.ts';
import { detail, listAt, objectAt, present } from '../values/json.ts';
import { entriesElseOnly } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { remoteTime } from './event-time.ts';
import { begins, ends } from './suppression-change.ts';

/** SES Developer Guide, event-publishing-retrieving-sns-contents (complaint object) and notification-contents. */
export const complaint: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.complaint, 'complaint');
  const feedback = detail(body.complaintFeedbackType);
  const subtype = detail(body.complaintSubType);
  const { at, said } = remoteTime(body.timestamp, message, arrivedAt);
  const kind = kindOf(feedback, subtype);
  const agent = detail(body.userAgent);
  const listed = entriesElseOnly(listAt(body.complainedRecipients, 'complaint.complainedRecipients'), message);
  const facts = listed.map(({ recipient, spellings, named }) => ({
    ...{ recipient, spellings },
    fact: { kind, at, details: present<FactDetails>({ feedback, subtype, said, named, agent }) },
  }));
  const several = new Set(facts.map(({ recipient }) => recipient)).size > 1;

  // Complaints and `not-spam` are ordered by when they arrived: a provider may stamp a whole batch with any time.
  switch (kind) {
    case 'complained':
      // Most mailbox providers hide who complained; SES then lists every recipient at that domain. All of them are
      // suppressed, since one of them did complain.
      return {
        facts,
        suppressions: facts.flatMap((filed) =>
          begins('complaint', filed, message, { at: arrivedAt, ambiguous: several }),
        ),
      };
    case 'suppressed':
      // No new complaint: SES did not send because of an earlier one, which only the account's list records.
      return {
        facts,
        suppressions:
          subtype === 'OnAccountSuppressionList'
            ? facts.flatMap((filed) => begins('complaint', filed, message, { onSesList: true }))
            : [],
      };
    case 'auth_failure_report':
    case 'virus_report':
      return { facts };
    case 'not_spam':
      // If several are named, one of them may have an earlier complaint that still applies.
      return {
        facts,
        suppressions: several ? [] : facts.flatMap((filed) => ends('complaint', filed, message, { at: arrivedAt })),
      };
  }
};

type ComplaintKind = 'complained' | 'suppressed' | 'not_spam' | 'auth_failure_report' | 'virus_report';

const kindOf = (feedback: string | undefined, subtype: string | undefined): ComplaintKind => {
  if (subtype !== undefined && NAMES_A_LIST.test(subtype)) return 'suppressed';
  return NO_COMPLAINTS.get(feedback?.trim().toLowerCase() ?? '') ?? 'complained';
};

const NAMES_A_LIST = /^On\w*SuppressionList$/;

/**
 * Feedback types that are no recipient's complaint, although SES publishes them as Complaint events. They are
 * registered at IANA (marf-parameters) and case-insensitive, as ABNF is (RFC 5234 section 2.3). Every other type is a
 * complaint: `abuse`, `fraud`, `other`, an unknown type, and none at all.
 */
const NO_COMPLAINTS: ReadonlyMap<string, ComplaintKind> = new Map([
  // RFC 6430: the recipient reports that the email is not spam.
  ['not-spam', 'not_spam'],
  // RFC 6591: a mail server reports that SPF, DKIM or another check of the sender failed.
  ['auth-failure', 'auth_failure_report'],
  // RFC 5965 section 7.3: a mail server found a virus in the email.
  ['virus', 'virus_report'],
]);
