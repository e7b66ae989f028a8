import { onlyDestination } from '../attribution.ts';
import type { FactDetails } from '../fact.ts';
import { awsTime } from '../held-time.ts';
import { detail, type Json, objectAt, present } from '../shape.ts';
import { isUnsubscribeLink } from '../unsubscribe-link.ts';
import type { EventReader } from './what-happened.ts';

/** Open: the email's pixel was fetched. */
export const open: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.open, 'open');
  return {
    facts: [
      {
        ...onlyDestination(message),
        fact: {
          kind: 'opened',
          at: awsTime(body.timestamp, message, arrivedAt),
          details: present<FactDetails>({ automated: automated(body) }),
        },
      },
    ],
  };
};

/** Click: a tracked link was followed. */
export const click: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.click, 'click');
  const link = detail(body.link);
  const details = present<FactDetails>({
    automated: automated(body),
    unsubscribe: link !== undefined && isUnsubscribeLink(link) ? 'yes' : undefined,
    link,
  });
  return {
    facts: [
      {
        ...onlyDestination(message),
        fact: { kind: 'clicked', at: awsTime(body.timestamp, message, arrivedAt), details },
      },
    ],
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
