import { everyDestination, timeOf } from '../attribution.ts';
import type { FactDetails, FactKind } from '../fact.ts';
import type { Message } from '../message.ts';
import { detail, type Json, objectAt, present } from '../shape.ts';
import type { WhatHappened } from './what-happened.ts';

// None of these three has a time of its own: mail.timestamp is all there is.

/** Send: SES accepted the email. Published even where a suppression list then stops it. */
export const send = (_: Json, message: Message): WhatHappened => wholeMessage('sent', {}, message);

/** Reject: SES found a virus and stopped the whole message. */
export const reject = (event: Json, message: Message): WhatHappened =>
  wholeMessage('rejected', present({ reason: detail(objectAt(event.reject, 'reject').reason) }), message);

/** Rendering Failure: the template lacked a value. Its body is called `failure`. */
export const renderingFailure = (event: Json, message: Message): WhatHappened => {
  const { errorMessage, templateName } = objectAt(event.failure, 'failure');
  return wholeMessage(
    'failed_rendering',
    present({ template: detail(templateName), reason: detail(errorMessage) }),
    message,
  );
};

const wholeMessage = (kind: FactKind, details: FactDetails, message: Message): WhatHappened => {
  const fact = { kind, at: timeOf(undefined, message), details };
  return { facts: everyDestination(message).map(({ recipient, spellings }) => ({ recipient, spellings, fact })) };
};
