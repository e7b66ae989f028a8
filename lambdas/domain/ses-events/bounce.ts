import type { FactDetails, FactKind } from '../status/fact.ts';
import { SES_GLOBAL_LIST_LASTS } from '../suppression/global-suppression-list.ts';
import { detail, isObject, listAt, objectAt, present, textAt } from '../values/json.ts';
import { entriesElseOnly, type FiledFact } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { remoteTime } from './event-time.ts';
import type { Message } from './mail.ts';
import { begins, type SuppressionChange } from './suppression-change.ts';

/** SES Developer Guide, event-publishing-retrieving-sns-contents (bounce object) and notification-contents. */
export const bounce: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.bounce, 'bounce');
  const type = textAt(body.bounceType, 'bounce.bounceType');
  const subtype = detail(body.bounceSubType);
  const mta = detail(body.reportingMTA);
  const { at, said } = remoteTime(body.timestamp, message, arrivedAt);

  const facts = entriesElseOnly(listAt(body.bouncedRecipients, 'bounce.bouncedRecipients'), message).map(
    ({ recipient, spellings, entry, named }) => {
      const report = isObject(entry) ? entry : {};
      const action = detail(report.action);
      const status = detail(report.status);
      const kind = bounceKindOf({ type, subtype, action, status, mta });
      const details = present<FactDetails>({
        // Only bounces have these two fields: a fact with a type is shown as a bounce.
        type: isFailure(kind) ? type : undefined,
        subtype: isFailure(kind) ? subtype : undefined,
        ...{ action, status, said, named, mta },
        diagnostic: detail(report.diagnosticCode),
      });
      return { recipient, spellings, fact: { kind, at, details } };
    },
  );
  return { facts, suppressions: facts.flatMap((filed) => suppressionsOf(filed, message)) };
};

/**
 * What a bounce changes for the address of its fact. A tenant's suppression list applies to that tenant alone, and a
 * contact that unsubscribed from a contact list still has a mailbox: neither suppresses the address.
 */
const suppressionsOf = (filed: FiledFact, message: Message): readonly SuppressionChange[] => {
  const { kind, details } = filed.fact;
  if (kind === 'bounced_hard') {
    // A failed forwarding must not stop mail to its owner permanently: it may be repaired, or the report may be wrong.
    return details.named === undefined
      ? begins('bounce', filed, message)
      : begins('forwarded_bounce', filed, message, { lasts: FORWARDED_BOUNCE_LASTS });
  }
  // Each of these subtypes makes the fact one of kind `suppressed`.
  switch (details.subtype) {
    case 'Suppressed':
      return begins('ses_global_list', filed, message, { lasts: SES_GLOBAL_LIST_LASTS });
    case 'OnAccountSuppressionList':
      return begins('bounce', filed, message, { onSesList: true });
    default:
      return [];
  }
};

/** As long as SES's own global list keeps an address that bounced. */
const FORWARDED_BOUNCE_LASTS = SES_GLOBAL_LIST_LASTS;

/**
 * Subtypes for email that SES did not try to deliver: the address is on a list, or unsubscribed from the contact list.
 */
const NOT_ATTEMPTED: ReadonlySet<string | undefined> = new Set([
  'Suppressed',
  'OnAccountSuppressionList',
  'OnTenantSuppressionList',
  'UnsubscribedRecipient',
]);

/** The entry of a delivery status notification for one recipient, with SES's types and the reporting server. */
export type Report = Readonly<{ type: string } & Record<'subtype' | 'action' | 'status' | 'mta', string | undefined>>;

/** The kind of fact that a bounce is. */
export const bounceKindOf = ({ type, subtype, action, status, mta }: Report): FactKind => {
  // These subtypes are decisive, whatever their type.
  if (subtype === 'EmailValidationSuppressed') return 'invalid_address';
  if (NOT_ATTEMPTED.has(subtype)) return 'suppressed';
  const reported = action?.toLowerCase();
  if (NO_FAILURE.has(reported)) return 'relayed';
  if (reported === 'delayed' && mta !== undefined && !OF_SES.test(mta)) return 'deferred';
  switch (type) {
    case 'Permanent':
      // One bounce can name several recipients, and the remote server's report on this one is more exact.
      return reported === 'delayed' || status?.startsWith('4.') ? 'bounced_soft' : 'bounced_hard';
    case 'Transient':
      return 'bounced_soft';
    // "Undetermined", and any type SES may add: no evidence that the mailbox is gone.
    default:
      return 'bounced_undetermined';
  }
};

/**
 * Actions of a delivery status notification (RFC 3464 section 2.3.3) that report no failure. `delayed` reports none
 * either if a server other than SES's wrote it, since that server keeps trying. SES publishes a bounce only once it has
 * stopped.
 */
const NO_FAILURE: ReadonlySet<string | undefined> = new Set(['delivered', 'relayed', 'expanded']);

/** An SES server, such as `dns; a8-45.smtp-out.eu-west-1.amazonses.com`. */
const OF_SES = /(?:^|[\s;.])amazonses\.com\.?\s*$/i;

const isFailure = (kind: FactKind): boolean => kind !== 'relayed' && kind !== 'deferred';
