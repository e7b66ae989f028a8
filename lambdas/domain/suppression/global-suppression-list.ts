import { compareTexts } from '../values/compare-text.ts';
import { DAY, later } from '../values/time.ts';
import { ATTRIBUTES, type CauseName, type CauseRecord, type SuppressionItem } from './suppression.ts';
import { readHistoryLine } from './suppression-history.ts';

/**
 * SES's global suppression list: addresses that bounced hard for any sender that uses SES. A customer can neither read
 * nor change it, and SES takes an address off after at most 14 days (SES Developer Guide,
 * sending-email-global-suppression-list). SES reports it as a bounce of subtype `Suppressed`, without trying to send.
 */
export const SES_GLOBAL_LIST_LASTS = 14 * DAY;

/** A cause's record, as far as there is one, and when the cause last ended (ISO 8601). */
export type CauseState = Readonly<{ record?: CauseRecord | undefined; endedAt?: string | undefined }>;

/**
 * What a row keeps of a cause. Rows of before `ses_global_list` was a cause keep SES's reports of its global list as
 * `bounce`, without an end and in the place of an earlier bounce. They are read as what they report, and the bounce
 * before them is read from the history.
 */
export const causeState = (item: SuppressionItem, cause: CauseName): CauseState => {
  const [begun, ended] = ATTRIBUTES[cause];
  const own = { record: item[begun], endedAt: item[ended] };
  const reported = cause === 'bounce' || cause === 'ses_global_list' ? reportedAsBounce(item) : undefined;
  if (reported === undefined) return own;
  if (cause === 'bounce') return { ...own, record: lastBounceIn(item.history) };
  const endedAt = latest(own.endedAt, item.bounceEndedAt);
  const hasEnded = reported.at <= (endedAt ?? '');
  if (own.record !== undefined && (hasEnded || own.record.at >= reported.at)) return own;
  return { record: reported, endedAt };
};

/** Whether a row keeps a report of SES's global list as a bounce. */
export const keepsGlobalListAsBounce = (item: SuppressionItem): boolean => reportedAsBounce(item) !== undefined;

/**
 * What a bounce that is recorded now is compared with, and the attribute that keeps the report of SES's global list, in
 * whose place it is written. `undefined` for a row that keeps none as a bounce.
 */
export const apartFromGlobalList = (
  item: SuppressionItem,
): Readonly<{ bounce: CauseRecord | undefined; moved: Readonly<{ sesGlobalList?: CauseRecord }> }> | undefined => {
  const reported = reportedAsBounce(item);
  if (reported === undefined) return undefined;
  const { record, endedAt = '' } = causeState(item, 'ses_global_list');
  const goesOn = record !== item.sesGlobalList && reported.at > endedAt;
  return { bounce: lastBounceIn(item.history), moved: goesOn ? { sesGlobalList: reported } : {} };
};

const reportedAsBounce = ({ bounce }: SuppressionItem): CauseRecord | undefined =>
  bounce !== undefined && isOfGlobalList(bounce)
    ? { ...bounce, endsAt: later(bounce.at, SES_GLOBAL_LIST_LASTS) }
    : undefined;

/**
 * Whether the note of what was recorded as a bounce is a report of SES's global list, such as
 * `suppressed Permanent Suppressed 5.1.1`. The store's condition (record-change.ts) is equivalent.
 */
export const isOfGlobalList = ({ note = '' }: Readonly<{ note?: string }>): boolean =>
  note.startsWith(GLOBAL_LIST_NOTE.begins) && note.includes(GLOBAL_LIST_NOTE.contains);

/** The kind of fact, and SES's subtype. */
export const GLOBAL_LIST_NOTE = { begins: 'suppressed ', contains: ' Suppressed' } as const;

/** The bounce that a mail server reported last, or that the import of SES's account list brought. */
const lastBounceIn = (history: readonly string[] = []): CauseRecord | undefined => {
  const bounces = history
    .flatMap((line) => readHistoryLine(line) ?? [])
    .filter(({ what, source, note = '' }) => what === 'bounce' && (source === 'ses_list' || note.startsWith(BOUNCED)))
    .toSorted((one, other) => compareTexts(JSON.stringify(one), JSON.stringify(other)));
  const last = bounces.at(-1);
  if (last === undefined) return undefined;
  const { what: _, category: _1, ...record } = last;
  return record;
};

const BOUNCED = 'bounced_hard ';

const latest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;
