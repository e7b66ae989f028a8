import type { CauseName, CauseRecord } from '../suppression/suppression.ts';
import { isSimulator } from '../values/address.ts';
import { later } from '../values/time.ts';
import { type FiledFact, MESSAGE_ITSELF } from './attribution.ts';
import type { Message } from './mail.ts';

/**
 * What an event changes for an address: a cause begins, or ends. The result does not depend on the order in which
 * changes are applied.
 */
export type SuppressionChange = Readonly<{
  address: string;
  spellings: readonly string[];
  cause: CauseName;
  /** The one category of mail it is about; absent where it is about all. Only for `unsubscribe`. */
  category?: string;
  /**
   * ISO 8601: when SNS received the event. No stored time of the address can be later than this and the function's
   * clock.
   */
  arrivedAt?: string;
}> &
  (
    | Readonly<{
        begins: CauseRecord;
        /** Not if the cause was ended at this time (ISO 8601) or later: its evidence was dismissed then. */
        unlessEnded?: string;
      }>
    | Readonly<{ ends: { at: string; messageId: string; note: string } }>
  );

/** What is known of a cause besides its fact. */
export type More = Readonly<{
  /** ISO 8601: when it begins, by an AWS clock; if absent, at the time of the fact. */
  at?: string;
  /** Milliseconds after which it ends by itself; absent where it does not. */
  lasts?: number;
  ambiguous?: boolean;
  onSesList?: boolean;
  category?: string;
}>;

/** A cause to stop writing to the address of a fact; none for a message without known recipient or a simulator. */
export const begins = (
  cause: CauseName,
  filed: FiledFact,
  { messageId }: Message,
  { at = filed.fact.at, lasts, ambiguous, onSesList, category }: More = {},
): readonly SuppressionChange[] =>
  concerns(filed).map((address) => ({
    ...address,
    cause,
    ...(category !== undefined && { category }),
    begins: {
      at,
      source: cause === 'unsubscribe' ? 'unsubscribe' : 'ses_event',
      messageId,
      ...(lasts !== undefined && { endsAt: later(at, lasts) }),
      // In the note too: it distinguishes two causes at the same time, in any order.
      note: ambiguous ? `${noteOf(filed)}, one of several named` : noteOf(filed),
      ...(ambiguous ? { ambiguous: true } : {}),
      ...(onSesList ? { onSesList: true } : {}),
    },
  }));

/** The end of a cause at the recipient's request. Causes that begin later stay in force. */
export const ends = (
  cause: CauseName,
  filed: FiledFact,
  { messageId }: Message,
  { at = filed.fact.at, category }: Pick<More, 'at' | 'category'> = {},
): readonly SuppressionChange[] =>
  concerns(filed).map((address) => ({
    ...address,
    cause,
    ...(category !== undefined && { category }),
    ends: { at, messageId, note: noteOf(filed) },
  }));

const concerns = ({ recipient, spellings }: FiledFact) =>
  recipient === MESSAGE_ITSELF || isSimulator(recipient) ? [] : [{ address: recipient, spellings }];

/** For readers of the list: the words of SES's event. Some come from a remote server, and may have any length. */
const noteOf = ({ fact: { kind, details } }: FiledFact): string =>
  [kind, details.type, details.subtype, details.feedback, details.status]
    .flatMap((word) => (word === undefined ? [] : [[...word].slice(0, LONGEST_WORD).join('')]))
    .join(' ');

const LONGEST_WORD = 32;
