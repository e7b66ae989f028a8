import type { Email, Header } from './email.ts';

/** An email in one recipient's mailbox: as the sender wrote it, without SES's rewritten links. */
export type KeptEmail = Readonly<{
  /** The bare address. */
  to: string;
  /** As written. */
  from: string;
  subject: string | null;
  html: string | null;
  text: string | null;
  /** In order, as sent. */
  headers: readonly Header[];
  /** SES's id. */
  messageId: string;
  /** When SES accepted it, ISO 8601. */
  at: string;
}>;

export type KeptMail = Readonly<{
  /** Stores an email once for each recipient. */
  add: (email: Email) => void;
  /** Newest first; only those to `address`, in any case, if it is given. */
  items: (to?: string) => readonly KeptEmail[];
}>;

/** How many emails are kept, counted by recipient; older ones are dropped. */
const KEPT = 10_000;

export const createKeptMail = (most = KEPT): KeptMail => {
  let kept: KeptEmail[] = [];
  return {
    add: (email) => {
      for (const { address } of email.recipients) kept.push(keptEmail(email, address));
      // Not for each email: trimming copies them all.
      if (kept.length >= 2 * most) kept = kept.slice(-most);
    },
    items: (to) => {
      const newest = kept.slice(-most).reverse();
      return to === undefined ? newest : newest.filter((email) => email.to.toLowerCase() === to.toLowerCase());
    },
  };
};

const keptEmail = ({ source, content, messageId, acceptedAt }: Email, to: string): KeptEmail => ({
  to,
  from: source,
  subject: content.subject ?? null,
  html: content.html ?? null,
  text: content.text ?? null,
  headers: content.headers,
  messageId,
  at: new Date(acceptedAt).toISOString(),
});
