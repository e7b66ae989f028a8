import type { Fact, FactDetails } from '../domain/fact.ts';

/** What the details of a fact are called in an answer; a type is called so whatever it is the type of. */
const NAMES = {
  type: 'type',
  subtype: 'subType',
  action: 'action',
  status: 'smtpStatus',
  said: 'reportedAt',
  named: 'namedRecipient',
  mta: 'reportingMta',
  diagnostic: 'diagnostic',
  feedback: 'feedbackType',
  agent: 'userAgent',
  delay: 'type',
  expires: 'expiresAt',
  response: 'smtpResponse',
  reason: 'reason',
  template: 'template',
  link: 'link',
  topics: 'topics',
  via: 'via',
} as const satisfies Record<Exclude<keyof FactDetails, 'automated' | 'unsubscribe'>, string>;

/** A fact as an event of an answer. */
export const showEvent = ({ kind, at, details }: Fact) => ({
  kind,
  at,
  ...Object.fromEntries(
    Object.entries(NAMES)
      .filter(([detail]) => details[detail as keyof typeof NAMES] !== undefined)
      .map(([detail, name]) => [name, details[detail as keyof typeof NAMES]]),
  ),
  ...(kind === 'opened' || kind === 'clicked' ? { automated: details.automated === 'yes' } : {}),
  ...(details.unsubscribe === 'yes' ? { unsubscribeLink: true } : {}),
});
