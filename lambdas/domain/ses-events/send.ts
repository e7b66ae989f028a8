import type { FactDetails, FactKind } from '../status/fact.ts';
import { detail, objectAt, present } from '../values/json.ts';
import { everyDestination } from './attribution.ts';
import type { EventReader, WhatHappened } from './event-reader.ts';
import { awsTime } from './event-time.ts';
import type { Message } from './mail.ts';

// None of these three has a time of its own, only mail.timestamp.

/** Send: SES accepted the email. Published even if a suppression list then stops it. */
export const send: EventReader = (_, message, arrivedAt) => wholeMessage('sent', {}, message, arrivedAt);

/** Reject: SES found a virus and stopped the whole message. */
export const reject: EventReader = (event, message, arrivedAt) =>
  wholeMessage('rejected', present({ reason: detail(objectAt(event.reject, 'reject').reason) }), message, arrivedAt);

/** Rendering Failure: the template lacked a value. Its body is called `failure`. */
export const renderingFailure: EventReader = (event, message, arrivedAt) => {
  const { errorMessage, templateName } = objectAt(event.failure, 'failure');
  return wholeMessage(
    'failed_rendering',
    present({ template: detail(templateName), reason: detail(errorMessage) }),
    message,
    arrivedAt,
  );
};

const wholeMessage = (kind: FactKind, details: FactDetails, message: Message, arrivedAt: string): WhatHappened => {
  const fact = { kind, at: awsTime(undefined, message, arrivedAt), details };
  return { facts: everyDestination(message).map(({ recipient, spellings }) => ({ recipient, spellings, fact })) };
};
