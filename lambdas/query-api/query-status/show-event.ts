import type { Fact, FactDetails } from '../../domain/status/fact.ts';
import type { History } from '../../domain/status/history.ts';

/** The names of a fact's details in an answer; every kind of type has the same name. */
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
  // The whole link, if stored, replaces the one without secrets.
  url: 'link',
  topics: 'topics',
  via: 'via',
} as const satisfies Record<Exclude<keyof FactDetails, 'automated' | 'unsubscribe'>, string>;

/** The facts of an email as events of an answer. */
export const showEvents = ({ facts, bursts }: Pick<History, 'facts' | 'bursts'>) =>
  facts.map((fact) => ({ ...showEvent(fact), ...(bursts.has(fact) ? { probablyScanner: true } : {}) }));

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
