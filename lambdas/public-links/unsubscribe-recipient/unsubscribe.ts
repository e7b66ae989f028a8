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

/** Who leaves what, by which email. `address` is folded. */
export type Leaving = Readonly<{ messageId: string; address: string; mail: Mail; way: LinkWay }>;

/**
 * Lets a recipient leave. What keeps them from being written to comes first, then the email's own history; after a failure
 * anywhere the same call completes it, and said again it changes nothing.
 */
export const leave =
  ({ suppressions, emails, now }: Dependencies) =>
  async ({ messageId, address, mail, way }: Leaving): Promise<void> => {
    const at = now();
    const fact = unsubscribedBy(way, mail, at);
    await suppressions.unsubscribe({ address, mail, at, messageId });
    await emails.once({ messageId, recipient: address, fact }, saysTheSame(fact));
  };

/** Lets a recipient get again what they left. In the same order, and repeated as harmlessly. */
export const comeBack =
  ({ suppressions, emails, now }: Dependencies) =>
  async ({ messageId, address, mail }: Omit<Leaving, 'way'>): Promise<void> => {
    const at = now();
    const fact = resubscribedTo(mail, at);
    await suppressions.resubscribe({ address, mail, at, messageId });
    await emails.once({ messageId, recipient: address, fact }, saysTheSame(fact));
  };

/** Whether the same was done before by this email, whenever and in whichever way. */
const saysTheSame =
  (fact: Fact) =>
  ({ kind, details }: Fact): boolean =>
    kind === fact.kind && details.topics === fact.details.topics;
