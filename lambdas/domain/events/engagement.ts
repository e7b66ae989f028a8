import { onlyDestination, timeOf } from '../attribution.ts';
import type { FactDetails } from '../fact.ts';
import type { Message } from '../message.ts';
import { detail, type Json, objectAt, present } from '../shape.ts';
import { isUnsubscribeLink } from '../unsubscribe-link.ts';
import type { WhatHappened } from './what-happened.ts';

/** Open: the email's pixel was fetched. */
export const open = (event: Json, message: Message): WhatHappened => {
  const body = objectAt(event.open, 'open');
  return {
    facts: [
      {
        ...onlyDestination(message),
        fact: {
          kind: 'opened',
          at: timeOf(body.timestamp, message),
          details: present<FactDetails>({ automated: automated(body) }),
        },
      },
    ],
  };
};

/** Click: a tracked link was followed. */
export const click = (event: Json, message: Message): WhatHappened => {
  const body = objectAt(event.click, 'click');
  const link = detail(body.link);
  const details = present<FactDetails>({
    automated: automated(body),
    unsubscribe: link !== undefined && isUnsubscribeLink(link) ? 'yes' : undefined,
    link,
  });
  return {
    facts: [{ ...onlyDestination(message), fact: { kind: 'clicked', at: timeOf(body.timestamp, message), details } }],
  };
};

/**
 * Whether probably a machine did it. SES says so since 2026 (`isBotEvent`); an older record tells it by Apple's Mail
 * Privacy Protection, whose agent is exactly `Mozilla/5.0`. Gmail's image proxy fetches for a person who reads. A verdict
 * that we don't know is not taken for "Likely": hiding a person's open is the worse mistake.
 */
const automated = ({ isBotEvent, userAgent }: Json): 'yes' | undefined => {
  const machine =
    isBotEvent === undefined || isBotEvent === null ? userAgent === 'Mozilla/5.0' : isBotEvent === 'Likely';
  return machine ? 'yes' : undefined;
};
