import type { FactDetails } from '../status/fact.ts';
import { detail, isObject, type Json, objectAt, present } from '../values/json.ts';
import { onlyDestination } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { awsTime } from './event-time.ts';
import { isMachineThatClicks, isMachineThatOpens } from './machine-agents.ts';
import { isUnsubscribeLink } from './unsubscribe-link.ts';

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
          details: present<FactDetails>({ automated: automated(body, isMachineThatOpens) }),
        },
      },
    ],
  };
};

/** Click: a tracked link was followed. Each event has the email's headers, so each is classified independently. */
export const click: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.click, 'click');
  const link = detail(body.link);
  const headers = isObject(event.mail) ? event.mail.headers : undefined;
  const details = present<FactDetails>({
    automated: automated(body, isMachineThatClicks),
    unsubscribe: link !== undefined && isUnsubscribeLink(link, headers) ? 'yes' : undefined,
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
 * Whether it was probably a machine, by SES's classification (`isBotEvent: Likely`, absent before 2026) or by the user
 * agent. Either is enough. An unknown value does not count as `Likely`: hiding a person's open is the worse mistake.
 */
const automated = ({ isBotEvent, userAgent }: Json, isMachine: (agent: string) => boolean): 'yes' | undefined =>
  isBotEvent === 'Likely' || (typeof userAgent === 'string' && isMachine(userAgent)) ? 'yes' : undefined;
