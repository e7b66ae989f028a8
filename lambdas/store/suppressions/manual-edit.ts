import { causesInForce, inForce } from '../../domain/suppression/causes-in-force.ts';
import { repairs } from '../../domain/suppression/future-times.ts';
import { causeState } from '../../domain/suppression/global-suppression-list.ts';
import {
  ATTRIBUTES,
  CAUSES,
  type Cause,
  type CauseName,
  type CauseRecord,
  REPORTED_BY_SES,
  type SuppressionItem,
} from '../../domain/suppression/suppression.ts';
import { historyLine, LONGEST_HISTORY } from '../../domain/suppression/suppression-history.ts';
import { later } from '../../domain/values/time.ts';
import { both, type Condition, hasRoom, type ItemUpdate } from '../dynamodb/update-item.ts';
import { type Opening, openCategories } from './reopen-categories.ts';

/** A manual change of a suppression: the write, and the row after it. */
export type Edit = Readonly<{ item: SuppressionItem; update: ItemUpdate }>;

/** A manual suppression of an address, with an optional note. `now` is ISO 8601. */
export type ByHand = Readonly<{ spelling: string; note: string | undefined; now: string }>;

/** Suppresses by hand; `undefined` if that changes nothing. A note replaces an earlier one, and the time stays. */
export const suppressed = (item: SuppressionItem, { spelling, note, now }: ByHand): Edit | undefined => {
  const known = inForce(item, 'manual', now);
  const spellings = (item.spellings ?? []).includes(spelling) ? [] : [spelling];
  if (known !== undefined && (note === undefined || known.note === note)) {
    return spellings.length === 0 ? undefined : edit(item, {}, { spellings, history: [] });
  }
  const manual: CauseRecord = known
    ? { ...known, ...(note !== undefined && { note }) }
    : { at: afterItsEnd(item.manualEndedAt, now), source: 'api', ...(note !== undefined && { note }) };
  const line = historyLine({ at: known ? now : manual.at, what: 'manual', source: 'api', ...(note && { note }) });
  return edit(item, { manual }, { spellings, history: [line] });
};

/** A cause must begin after it last ended, even if clocks differ, or it would not be in force. */
export const afterItsEnd = (endedAt: string | undefined, now: string): string =>
  endedAt === undefined || endedAt < now ? now : later(endedAt, 1);

/** The result of removing a suppression, and the row after it. Without `edit`, there is nothing to write. */
export type Removal = Readonly<{
  ended: readonly Cause[];
  remaining: readonly Cause[];
  item: SuppressionItem;
  edit: Edit | undefined;
  /** There are more category opt-outs than one write can end: the removal must be repeated on the written row. */
  isPart: boolean;
}>;

/** Ends every cause in force; `unsubscribe` only if the parameter is true. `undefined` if none is in force. */
export const removalOf = (item: SuppressionItem, unsubscribe: boolean, now: string): Removal | undefined => {
  const causes = causesInForce(item, now);
  if (causes.length === 0) return undefined;
  const stays = ({ cause }: Cause) => cause === 'unsubscribe' && !unsubscribe;
  const remaining = causes.filter(stays);
  const opened = unsubscribe ? openCategories(item, now) : undefined;
  const waits = ({ categories }: Cause) =>
    categories !== null && !categories.some((one) => opened?.opened.includes(one));
  const ended = causes.filter((cause) => !stays(cause) && !waits(cause));
  if (ended.length === 0) return { ended, remaining, item, edit: undefined, isPart: false };
  const repaired = repairs(item, now);
  const sound = { ...item, ...repaired };
  const ends = ended
    .filter(({ categories }) => categories === null)
    .map(({ cause }) => ({ cause, endedAt: endOf(sound, cause, now) }));
  // Besides the causes in force, all causes that SES may report late or have on its list are ended.
  const reported = ended.some(({ cause }) => cause !== 'unsubscribe') ? REPORTED : [];
  const set = Object.fromEntries(
    [...reported, ...ends.map(({ cause }) => cause)].map((cause) => [ATTRIBUTES[cause][1], endOf(sound, cause, now)]),
  );
  const history = ends.map(({ cause, endedAt }) =>
    historyLine({ at: endedAt, what: `${cause}_lifted`, source: 'api' }),
  );
  const follows = reported.length > 0 ? ({ endsOnSesList: true } as const) : {};
  const removal = edit(
    item,
    { ...repaired, ...set, ...follows },
    { spellings: [], history: [...history, ...(opened?.history ?? [])] },
  );
  if (opened === undefined) return { ended, remaining, item: removal.item, edit: removal, isPart: false };
  const after = { ...removal.item, categories: opened.categories };
  const update = withOpened(removal.update, opened);
  return { ended, remaining, item: after, edit: { item: after, update }, isPart: opened.isPart };
};

/** The causes that SES reports, without unsubscribing. */
const REPORTED = CAUSES.filter((cause) => cause !== 'manual' && cause !== 'unsubscribe');

const withOpened = (update: ItemUpdate, { set, names, condition }: Opening): ItemUpdate => ({
  ...update,
  set: { ...update.set, ...set },
  names,
  condition: both(update.condition, condition),
});

/** Now, or the time at which the cause began if another function's clock was ahead. */
const endOf = (sound: SuppressionItem, cause: CauseName, now: string): string => {
  const reported = cause === 'complaint' || cause === 'bounce' ? sound[REPORTED_BY_SES[cause]] : undefined;
  const begun = [causeState(sound, cause).record, reported].flatMap((record) => record?.at ?? []);
  return begun.reduce((end, at) => (at > end ? at : end), now);
};

/** A change with its history lines, on the condition that the row is unchanged since it was read. */
export const edit = (
  item: SuppressionItem,
  set: Partial<SuppressionItem>,
  { spellings, history }: { spellings: readonly string[]; history: readonly string[] },
): Edit => {
  const [known, spelled] = [item.history ?? [], item.spellings ?? []];
  const lines = history.filter((line) => !known.includes(line)).slice(0, Math.max(0, LONGEST_HISTORY - known.length));
  return {
    item: { ...item, ...set, spellings: [...spelled, ...spellings], history: [...known, ...lines] },
    update: {
      set,
      add: { spellings, history: lines },
      condition: both(asItWas(item), lines.length > 0 ? hasRoom('history', LONGEST_HISTORY) : undefined),
    },
  };
};

/**
 * The condition that the causes on the row are those that were read, as the answer lists which of them ended and which
 * remain. A cause is identified by its time.
 */
export const asItWas = (item: SuppressionItem): Condition => {
  const read = CAUSES.flatMap((cause) => {
    const [begun, ended] = ATTRIBUTES[cause];
    return [
      { path: `#${begun}.#at`, name: `was_${begun}`, value: item[begun]?.at },
      { path: `#${ended}`, name: `was_${ended}`, value: item[ended] },
    ];
  });
  const reported = Object.values(REPORTED_BY_SES).map((attribute) => ({
    ...{ path: `#${attribute}.#at`, name: `was_${attribute}`, value: item[attribute]?.at },
  }));
  const clauses = [...read, ...reported].map(({ path, name, value }) =>
    value === undefined ? `attribute_not_exists(${path})` : `${path} = :${name}`,
  );
  const values = [...read, ...reported].flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  return { expression: clauses.join(' AND '), values: Object.fromEntries(values) };
};
