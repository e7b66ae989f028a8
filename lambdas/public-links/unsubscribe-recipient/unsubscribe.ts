import type { Fact } from '../../domain/status/fact.ts';
import { type LinkWay, type Mail, resubscribedTo, unsubscribedBy } from '../../domain/status/link-facts.ts';
import type { LinkFactRecorder } from '../../store/emails/record-link-fact.ts';
import type { Unsubscribing } from '../../store/suppressions/unsubscribe.ts';

export type Dependencies = Readonly<{
  suppressions: Unsubscribing;
  emails: Pick<LinkFactRecorder, 'once'>;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
}>;

/** A recipient's choice through the link of an email. `address` is folded. */
export type LinkChoice = Readonly<{ messageId: string; address: string; mail: Mail; way: LinkWay }>;

/**
 * Unsubscribes a recipient. The suppression is written first, then the email's history. After a failure, a repeat of the
 * request completes it; any other repeat changes nothing.
 */
export const unsubscribe =
  ({ suppressions, emails, now }: Dependencies) =>
  async ({ messageId, address, mail, way }: LinkChoice): Promise<void> => {
    const at = now();
    const fact = unsubscribedBy(way, mail, at);
    await suppressions.unsubscribe({ address, mail, at, messageId });
    await emails.once({ messageId, recipient: address, fact }, isEquivalent(fact));
  };

/** Resubscribes a recipient, in the same order. A repeat changes nothing. */
export const resubscribe =
  ({ suppressions, emails, now }: Dependencies) =>
  async ({ messageId, address, mail }: Omit<LinkChoice, 'way'>): Promise<void> => {
    const at = now();
    const fact = resubscribedTo(mail, at);
    await suppressions.resubscribe({ address, mail, at, messageId });
    await emails.once({ messageId, recipient: address, fact }, isEquivalent(fact));
  };

/** Whether a fact records the same choice through this email, at any time and in any way. */
const isEquivalent =
  (fact: Fact) =>
  ({ kind, details }: Fact): boolean =>
    kind === fact.kind && details.topics === fact.details.topics;
