import type { FactDetails } from '../status/fact.ts';
import { detail, isObject, listAt, objectAt, present } from '../values/json.ts';
import { readTime } from '../values/time.ts';
import { entriesElseOnly } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { awsTime } from './event-time.ts';

/** DeliveryDelay: a temporary failure; SES retries until `expirationTime`. */
export const deliveryDelay: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.deliveryDelay, 'deliveryDelay');
  const at = awsTime(body.timestamp, message, arrivedAt);
  // An object in the guide's table, a list in its example.
  const delayed = isObject(body.delayedRecipients)
    ? [body.delayedRecipients]
    : listAt(body.delayedRecipients, 'deliveryDelay.delayedRecipients');
  return {
    facts: entriesElseOnly(delayed, message).map(({ recipient, spellings, entry, named }) => {
      const said = isObject(entry) ? entry : {};
      const details = present<FactDetails>({
        delay: detail(body.delayType),
        expires: readTime(body.expirationTime),
        named,
        status: detail(said.status),
        mta: detail(body.reportingMTA),
        diagnostic: detail(said.diagnosticCode),
      });
      return { recipient, spellings, fact: { kind: 'deferred' as const, at, details } };
    }),
  };
};
