import type { FactDetails } from '../status/fact.ts';
import { detail, listAt, objectAt, present } from '../values/json.ts';
import { type Entry, entriesOf, MESSAGE_ITSELF } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { awsTime } from './event-time.ts';

/** Delivery: the recipient's mail server accepted the email. It is no evidence that the email is in the inbox. */
export const delivery: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.delivery, 'delivery');
  const at = awsTime(body.timestamp, message, arrivedAt);
  const response = detail(body.smtpResponse);
  const entries: readonly Partial<Entry>[] = entriesOf(listAt(body.recipients, 'delivery.recipients'), message);
  return {
    // Unlike a bounce, a delivery without a named recipient is not attributed to the only destination: no guess here.
    facts: (entries.length > 0 ? entries : [{}]).map(({ recipient = MESSAGE_ITSELF, spellings = [], named }) => ({
      ...{ recipient, spellings },
      fact: { kind: 'delivered', at, details: present<FactDetails>({ named, response }) },
    })),
  };
};
