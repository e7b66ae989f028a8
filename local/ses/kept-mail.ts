import type { Email, Header } from './email.ts';

/** An email as it lies in one recipient's mailbox: as its sender wrote it, before SES would rewrite its links. */
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
  /** When SES took it, ISO 8601. */
  at: string;
}>;

export type KeptMail = Readonly<{
  /** Keeps an email once for each recipient. */
  add: (email: Email) => void;
  /** Newest first; of one address in any case, where one is asked for. */
  items: (to?: string) => readonly KeptEmail[];
}>;

/** How many emails are kept, counted for each recipient: of more, the newest. */
const KEPT = 10_000;

export const createKeptMail = (most = KEPT): KeptMail => {
  let kept: KeptEmail[] = [];
  return {
    add: (email) => {
      for (const { address } of email.recipients) kept.push(keptEmail(email, address));
      // Now and then, not for each: cutting copies them all.
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
