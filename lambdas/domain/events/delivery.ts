import { MESSAGE_ITSELF, named, timeOf } from '../attribution.ts';
import type { FactDetails } from '../fact.ts';
import type { Message } from '../message.ts';
import { detail, type Json, listAt, objectAt, present } from '../shape.ts';
import type { WhatHappened } from './what-happened.ts';

/** Delivery: the recipient's mail server took the email. It says nothing about the inbox. */
export const delivery = (event: Json, message: Message): WhatHappened => {
  const body = objectAt(event.delivery, 'delivery');
  const recipients = named(listAt(body.recipients, 'delivery.recipients'));
  const fact = {
    kind: 'delivered' as const,
    at: timeOf(body.timestamp, message),
    details: present<FactDetails>({ response: detail(body.smtpResponse) }),
  };
  return {
    // Unlike a bounce, a delivery to nobody named is not the only destination's: "delivered" must not be guessed.
    facts: (recipients.length > 0 ? recipients : [{ recipient: MESSAGE_ITSELF, spellings: [] }]).map(
      ({ recipient, spellings }) => ({ recipient, spellings, fact }),
    ),
  };
};
