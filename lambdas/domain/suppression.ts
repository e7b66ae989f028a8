import type { SesListRecord } from './ses-list.ts';

/**
 * What keeps an address from being written to. Causes are kept side by side, each ends alone, and an address is
 * suppressed while any is in force.
 */

/** Strongest first: the first in force is the suppression's reason. */
export const CAUSES = ['complaint', 'bounce', 'repeated_soft_bounce', 'manual', 'unsubscribe'] as const;

export type CauseName = (typeof CAUSES)[number];

export type CauseSource = 'ses_event' | 'ses_list' | 'api' | 'unsubscribe';

/** A cause as it stands in the table: the latest that was told, by its own time. */
export type CauseRecord = Readonly<{
  at: string;
  source: CauseSource;
  messageId?: string;
  /** When it ends by itself. */
  endsAt?: string;
  /** The complaint named several possible complainers. */
  ambiguous?: true;
  note?: string;
  /** SES itself said that the address is on the account's suppression list. */
  onSesList?: true;
}>;

/** The attribute that holds a cause, and the one that holds when it last ended. */
export const ATTRIBUTES = {
  complaint: ['complaint', 'complaintEndedAt'],
  bounce: ['bounce', 'bounceEndedAt'],
  repeated_soft_bounce: ['repeatedSoftBounce', 'repeatedSoftBounceEndedAt'],
  manual: ['manual', 'manualEndedAt'],
  unsubscribe: ['unsubscribe', 'unsubscribeEndedAt'],
} as const satisfies Record<CauseName, readonly [string, string]>;

type CauseAttribute = (typeof ATTRIBUTES)[CauseName][0];
type EndAttribute = (typeof ATTRIBUTES)[CauseName][1];

/** A row of the Suppressions table. */
export type SuppressionItem = Readonly<
  {
    address: string;
    spellings?: readonly string[];
    history?: readonly string[];
    /** What is known of SES's own list. */
    sesList?: SesListRecord;
  } & Partial<Record<CauseAttribute, CauseRecord>> &
    Partial<Record<EndAttribute, string>>
>;

/** A cause as the API shows it. */
export type Cause = Readonly<{
  cause: CauseName;
  source: CauseSource;
  at: string;
  endsAt: string | null;
  messageId: string | null;
  ambiguous: boolean;
  note: string | null;
}>;

/** The causes in force at `now` (ISO 8601), strongest first; none of them: the address is not suppressed. */
export const causesInForce = (item: SuppressionItem, now: string): readonly Cause[] =>
  CAUSES.flatMap((cause) => {
    const record = inForce(item, cause, now);
    if (record === undefined) return [];
    const { at, source, messageId, ambiguous, note } = firstTold(item, cause, record);
    const { endsAt } = record;
    return [
      {
        ...{ cause, source, at },
        endsAt: endsAt ?? null,
        messageId: messageId ?? null,
        ambiguous: ambiguous ?? false,
        note: note ?? null,
      },
    ];
  });

/**
 * How a cause in force began. Its record holds what was told last, and SES tells of a bounced address again with every
 * email that it then refuses; since when and why is what was told first. A person's own note is the one that counts.
 */
const firstTold = (item: SuppressionItem, cause: CauseName, record: CauseRecord): Omit<HistoryEntry, 'what'> => {
  if (record.source === 'api') return record;
  const endedAt = item[ATTRIBUTES[cause][1]] ?? '';
  return (item.history ?? [])
    .toSorted()
    .flatMap((line) => readHistoryLine(line) ?? [])
    .filter(({ what, at }) => what === cause && at > endedAt)
    .reduce<Omit<HistoryEntry, 'what'>>((first, entry) => (entry.at < first.at ? entry : first), record);
};

/** The record of a cause if it is in force at `now`: it has neither been ended since it began nor run out. */
export const inForce = (item: SuppressionItem, cause: CauseName, now: string): CauseRecord | undefined => {
  const [begun, ended] = ATTRIBUTES[cause];
  const record = item[begun];
  const endedAt = item[ended];
  if (record === undefined || (endedAt !== undefined && record.at <= endedAt)) return undefined;
  return record.endsAt !== undefined && record.endsAt <= now ? undefined : record;
};

/** One thing that happened to a suppression, for its history: a cause, or its lifting. */
export type HistoryEntry = Readonly<{
  at: string;
  what: CauseName | `${CauseName}_lifted`;
  source: CauseSource;
  messageId?: string;
  ambiguous?: true;
  note?: string;
}>;

/** History is for people; past this many entries nothing more is added, so that the item stays small. */
export const LONGEST_HISTORY = 100;

/** The line that keeps a history entry; the same entry always gives the same line. */
export const historyLine = ({ at, what, source, messageId, ambiguous, note }: HistoryEntry): string =>
  [at, what, source, JSON.stringify({ messageId, ambiguous, note })].join(' ');

/** The entry a line keeps; `undefined` for a line that this version does not know. */
export const readHistoryLine = (line: string): HistoryEntry | undefined => {
  const [, at, what, source, rest] = /^(\S+) (\S+) (\S+) (\{.*\})$/s.exec(line) ?? [];
  try {
    return rest === undefined ? undefined : ({ at, what, source, ...JSON.parse(rest) } as HistoryEntry);
  } catch {
    return undefined;
  }
};
