import { entriesElseOnly } from '../attribution.ts';
import type { FactDetails } from '../fact.ts';
import { remoteTime } from '../held-time.ts';
import { detail, listAt, objectAt, present } from '../shape.ts';
import { begins, ends } from '../suppression-change.ts';
import type { EventReader } from './what-happened.ts';

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

  switch (kind) {
    case 'complained':
      // Most mailbox providers hide who complained; SES then lists everybody at that domain. All of them are spared
      // further mail, since one of them did complain.
      return {
        facts,
        suppressions: facts.flatMap((filed) => begins('complaint', filed, message, { ambiguous: several })),
      };
    case 'suppressed':
      // Nobody complained now: SES did not send because of an earlier complaint, which only the account's list records.
      return {
        facts,
        suppressions:
          subtype === 'OnAccountSuppressionList'
            ? facts.flatMap((filed) => begins('complaint', filed, message, { onSesList: true }))
            : [],
      };
    case 'not_spam':
      // With several named, one of them may be the one whose earlier complaint still stands.
      return { facts, suppressions: several ? [] : facts.flatMap((filed) => ends('complaint', filed, message)) };
  }
};

const kindOf = (
  feedback: string | undefined,
  subtype: string | undefined,
): 'suppressed' | 'not_spam' | 'complained' => {
  if (subtype !== undefined && NAMES_A_LIST.test(subtype)) return 'suppressed';
  // RFC 6430: the recipient said that the mail is not spam. SES delivers it as a complaint all the same.
  return feedback?.toLowerCase() === 'not-spam' ? 'not_spam' : 'complained';
};

const NAMES_A_LIST = /^On\w*SuppressionList$/;
