import { namedElseOnly, timeOf } from '../attribution.ts';
import type { FactDetails } from '../fact.ts';
import type { Message } from '../message.ts';
import { detail, isObject, type Json, listAt, objectAt, present } from '../shape.ts';
import { readTime } from '../time.ts';
import type { WhatHappened } from './what-happened.ts';

/** DeliveryDelay: a temporary failure; SES goes on trying until `expirationTime`. */
export const deliveryDelay = (event: Json, message: Message): WhatHappened => {
  const body = objectAt(event.deliveryDelay, 'deliveryDelay');
  const at = timeOf(body.timestamp, message);
  // The guide's table calls it an object, its example shows a list.
  const delayed = isObject(body.delayedRecipients)
    ? [body.delayedRecipients]
    : listAt(body.delayedRecipients, 'deliveryDelay.delayedRecipients');
  return {
    facts: namedElseOnly(delayed, message).map(({ recipient, spellings, entry }) => {
      const said = isObject(entry) ? entry : {};
      const details = present<FactDetails>({
        delay: detail(body.delayType),
        expires: readTime(body.expirationTime),
        status: detail(said.status),
        mta: detail(body.reportingMTA),
        diagnostic: detail(said.diagnosticCode),
      });
      return { recipient, spellings, fact: { kind: 'deferred' as const, at, details } };
    }),
  };
};
