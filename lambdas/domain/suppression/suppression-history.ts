import type { CauseName, CauseSource } from './suppression.ts';

/** One thing that happened to a suppression, for its history: a cause, or its removal. */
export type HistoryEntry = Readonly<{
  at: string;
  what: CauseName | `${CauseName}_lifted`;
  source: CauseSource;
  messageId?: string;
  ambiguous?: true;
  note?: string;
  /** The one category of mail it is about; absent where it is about all. */
  category?: string;
}>;

/** History is for people; past this many entries nothing more is added, so that the item stays small. */
export const LONGEST_HISTORY = 100;

/** The line that keeps a history entry; the same entry always gives the same line. */
export const historyLine = ({ at, what, source, messageId, ambiguous, note, category }: HistoryEntry): string =>
  [at, what, source, JSON.stringify({ messageId, ambiguous, note, category })].join(' ');

/** The entry a line keeps; `undefined` for a line that this version cannot parse. */
export const readHistoryLine = (line: string): HistoryEntry | undefined => {
  const [, at, what, source, rest] = /^(\S+) (\S+) (\S+) (\{.*\})$/s.exec(line) ?? [];
  try {
    return rest === undefined ? undefined : ({ at, what, source, ...JSON.parse(rest) } as HistoryEntry);
  } catch {
    return undefined;
  }
};
