import { namedElseOnly, timeOf } from '../attribution.ts';
import type { FactDetails, FactKind } from '../fact.ts';
import type { Message } from '../message.ts';
import { detail, isObject, type Json, listAt, objectAt, present, textAt } from '../shape.ts';
import { begins } from '../suppression-change.ts';
import type { WhatHappened } from './what-happened.ts';

/** SES Developer Guide, event-publishing-retrieving-sns-contents (bounce object) and notification-contents. */
export const bounce = (event: Json, message: Message): WhatHappened => {
  const body = objectAt(event.bounce, 'bounce');
  const type = textAt(body.bounceType, 'bounce.bounceType');
  const subtype = detail(body.bounceSubType);
  const at = timeOf(body.timestamp, message);

  const facts = namedElseOnly(listAt(body.bouncedRecipients, 'bounce.bouncedRecipients'), message).map(
    ({ recipient, spellings, entry }) => {
      const said = isObject(entry) ? entry : {};
      const details = present<FactDetails>({
        type,
        subtype,
        action: detail(said.action),
        status: detail(said.status),
        mta: detail(body.reportingMTA),
        diagnostic: detail(said.diagnosticCode),
      });
      return { recipient, spellings, fact: { kind: kindOf(type, subtype, details), at, details } };
    },
  );
  const suppressing = facts.filter(({ fact }) => fact.kind === 'bounced_hard' || (subtype && ON_A_LIST.has(subtype)));
  return {
    facts,
    suppressions: suppressing.flatMap((filed) =>
      begins('bounce', filed, message, { onSesList: subtype === 'OnAccountSuppressionList' }),
    ),
  };
};

/** Subtypes by which SES says that it did not try: the address is on a list, or left the contact list. */
const NOT_ATTEMPTED = new Set([
  'Suppressed',
  'OnAccountSuppressionList',
  'OnTenantSuppressionList',
  'UnsubscribedRecipient',
]);

/**
 * Lists that say that the address itself fails: SES's global one and the account's. A tenant's list is that tenant's
 * affair, and who left a contact list still has a mailbox.
 */
const ON_A_LIST = new Set(['Suppressed', 'OnAccountSuppressionList']);

const kindOf = (type: string, subtype: string | undefined, { action, status }: FactDetails): FactKind => {
  // These say what SES did, whatever type it files them under.
  if (subtype === 'EmailValidationSuppressed') return 'invalid_address';
  if (subtype !== undefined && NOT_ATTEMPTED.has(subtype)) return 'suppressed';
  switch (type) {
    case 'Permanent':
      // One bounce can name several recipients, and the remote server's word on this one is more exact.
      return action === 'delayed' || status?.startsWith('4.') ? 'bounced_soft' : 'bounced_hard';
    case 'Transient':
      return 'bounced_soft';
    // "Undetermined", and whatever SES may add: no evidence that the mailbox is gone.
    default:
      return 'bounced_undetermined';
  }
};
