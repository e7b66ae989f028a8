import { beginningOf } from './cause-beginning.ts';
import { closedCategories, type LeftCategory } from './left-categories.ts';
import { causeStanding } from './ses-global-list.ts';
import type { SesListRecord } from './ses-list.ts';
import { saidBySes } from './ses-word.ts';
import { STOPS, type StoppedMail } from './stopped-mail.ts';

/**
 * What keeps an address from being written to. Causes are kept side by side, each ends alone, and an address is
 * suppressed while any is in force.
 */

/**
 * Strongest first: the first in force is the suppression's reason. First what a recipient or a mail server reported for
 * good, then what ends by itself, the better evidence before the weaker: several emails of ours, one email of ours that
 * bounced at another address, emails of other senders. Then what people decided.
 */
export const CAUSES = [
  'complaint',
  'bounce',
  'repeated_soft_bounce',
  'forwarded_bounce',
  'ses_global_list',
  'manual',
  'unsubscribe',
] as const;

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
  // A hard bounce that names an address which was no destination: the forwarding fails, the mailbox itself may not.
  forwarded_bounce: ['forwardedBounce', 'forwardedBounceEndedAt'],
  // SES's global suppression list: hard bounces of any sender that uses SES.
  ses_global_list: ['sesGlobalList', 'sesGlobalListEndedAt'],
  manual: ['manual', 'manualEndedAt'],
  unsubscribe: ['unsubscribe', 'unsubscribeEndedAt'],
} as const satisfies Record<CauseName, readonly [string, string]>;

/**
 * The attributes that hold when SES last said that its own list has the address. Apart from the causes: SES may say so of
 * what was lifted since, and that must not take the place of a bounce or a complaint that was not.
 */
export const SAID_BY_SES = {
  complaint: 'complaintOnSesList',
  bounce: 'bounceOnSesList',
} as const satisfies Partial<Record<CauseName, string>>;

type SaidAttribute = (typeof SAID_BY_SES)[keyof typeof SAID_BY_SES];

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
    /** What ends here ends on SES's list too. Absent where all had ended before there was a mirror. */
    endsOnSesList?: true;
    /** What the recipient left, and came back to, of single categories. */
    categories?: readonly LeftCategory[];
  } & Partial<Record<CauseAttribute | SaidAttribute, CauseRecord>> &
    Partial<Record<EndAttribute, string>>
>;

/** A cause as the API shows it. */
export type Cause = Readonly<{
  cause: CauseName;
  /** Whether it stops transactional mail too. */
  stops: StoppedMail;
  /** The categories of mail it stops; null: all mail, as far as `stops` says. */
  categories: readonly string[] | null;
  source: CauseSource;
  at: string;
  endsAt: string | null;
  messageId: string | null;
  ambiguous: boolean;
  note: string | null;
}>;

/** The causes in force at `now` (ISO 8601), strongest first; none of them: the address is not suppressed. */
export const causesInForce = (item: SuppressionItem, now: string): readonly Cause[] => [
  ...CAUSES.flatMap((cause) => {
    const record = inForce(item, cause, now);
    return record === undefined ? [] : [causeOf(item, { cause, record, endedAt: causeStanding(item, cause).endedAt })];
  }),
  // Unsubscribing is the weakest, from everything or from one category.
  ...closedCategories(item.categories).map(({ category, left, endedAt }) =>
    causeOf(item, { cause: 'unsubscribe', category, record: left, endedAt }),
  ),
];

/** A cause with its record, its last end, and the one category it is about. */
export type Told = Readonly<{ cause: CauseName; category?: string; record: CauseRecord; endedAt: string | undefined }>;

const causeOf = (item: SuppressionItem, told: Told): Cause => {
  const { at, source, messageId, ambiguous, note } = beginningOf(item, told);
  return {
    ...{
      cause: told.cause,
      stops: STOPS[told.cause],
      categories: told.category === undefined ? null : [told.category],
    },
    ...{ source, at },
    endsAt: told.record.endsAt ?? null,
    messageId: messageId ?? null,
    ambiguous: ambiguous ?? false,
    note: note ?? null,
  };
};

/** The categories of mail that causes close an address to; null: to all mail. */
export const closedTo = (causes: readonly Cause[]): readonly string[] | null =>
  causes.some(({ categories }) => categories === null) ? null : causes.flatMap(({ categories }) => categories ?? []);

/** The record of a cause if it is in force at `now`: it has neither been ended since it began nor run out. */
export const inForce = (item: SuppressionItem, cause: CauseName, now: string): CauseRecord | undefined => {
  const { record, endedAt } = causeStanding(item, cause);
  if (record !== undefined && isAfter(record, endedAt) && !hasRunOut(record, now)) return record;
  return saidBySes(item, cause);
};

const isAfter = (record: CauseRecord, endedAt: string | undefined): boolean =>
  endedAt === undefined || record.at > endedAt;

const hasRunOut = ({ endsAt }: CauseRecord, now: string): boolean => endsAt !== undefined && endsAt <= now;

/** One thing that happened to a suppression, for its history: a cause, or its lifting. */
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

/** The entry a line keeps; `undefined` for a line that this version does not know. */
export const readHistoryLine = (line: string): HistoryEntry | undefined => {
  const [, at, what, source, rest] = /^(\S+) (\S+) (\S+) (\{.*\})$/s.exec(line) ?? [];
  try {
    return rest === undefined ? undefined : ({ at, what, source, ...JSON.parse(rest) } as HistoryEntry);
  } catch {
    return undefined;
  }
};
