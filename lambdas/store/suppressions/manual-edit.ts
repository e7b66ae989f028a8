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

/** What a person changes on a suppression: the write, and the row as it is then. */
export type Edit = Readonly<{ item: SuppressionItem; update: ItemUpdate }>;

/** A person's reason to suppress an address. `now` is ISO 8601. */
export type ByHand = Readonly<{ spelling: string; note: string | undefined; now: string }>;

/** Suppresses by hand; `undefined` where that changes nothing. A note takes the place of another, its time stays. */
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

/** A cause begins after it last ended, whatever two clocks say, or it would not be in force. */
export const afterItsEnd = (endedAt: string | undefined, now: string): string =>
  endedAt === undefined || endedAt < now ? now : later(endedAt, 1);

/** What lifting comes to, and the row as it is then. Without `edit` there is nothing to write. */
export type Removal = Readonly<{
  ended: readonly Cause[];
  remaining: readonly Cause[];
  item: SuppressionItem;
  edit: Edit | undefined;
  /** More categories are closed than one write can open: what is written then is to be lifted once more. */
  isPart: boolean;
}>;

/** Ends every cause in force but unsubscribe, and that one too where it is said; `undefined` where none is in force. */
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
  // With what is in force all ends that SES may report late, and what its list says of the address for any reason.
  const reported = ended.some(({ cause }) => cause !== 'unsubscribe') ? REPORTED : [];
  const set = Object.fromEntries(
    [...reported, ...ends.map(({ cause }) => cause)].map((cause) => [ATTRIBUTES[cause][1], endOf(sound, cause, now)]),
  );
  const history = ends.map(({ cause, endedAt }) =>
    historyLine({ at: endedAt, what: `${cause}_lifted`, source: 'api' }),
  );
  const follows = reported.length > 0 ? ({ endsOnSesList: true } as const) : {};
  const lifting = edit(
    item,
    { ...repaired, ...set, ...follows },
    { spellings: [], history: [...history, ...(opened?.history ?? [])] },
  );
  if (opened === undefined) return { ended, remaining, item: lifting.item, edit: lifting, isPart: false };
  const after = { ...lifting.item, categories: opened.categories };
  const update = withOpened(lifting.update, opened);
  return { ended, remaining, item: after, edit: { item: after, update }, isPart: opened.isPart };
};

/** The causes that events of SES begin, but for the recipient's own wish. */
const REPORTED = CAUSES.filter((cause) => cause !== 'manual' && cause !== 'unsubscribe');

const withOpened = (update: ItemUpdate, { set, names, condition }: Opening): ItemUpdate => ({
  ...update,
  set: { ...update.set, ...set },
  names,
  condition: both(update.condition, condition),
});

/** Now; later by as much as the clocks of two functions differ where a cause began a moment ahead of ours. */
const endOf = (sound: SuppressionItem, cause: CauseName, now: string): string => {
  const said = cause === 'complaint' || cause === 'bounce' ? sound[REPORTED_BY_SES[cause]] : undefined;
  const begun = [causeState(sound, cause).record, said].flatMap((record) => record?.at ?? []);
  return begun.reduce((end, at) => (at > end ? at : end), now);
};

/** A change with its lines of history, on the condition that the row still is as it was read. */
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
 * That the row is still the one that was read, as far as causes go: what ended and what remains was told by it. A cause is
 * known by its time.
 */
export const asItWas = (item: SuppressionItem): Condition => {
  const read = CAUSES.flatMap((cause) => {
    const [begun, ended] = ATTRIBUTES[cause];
    return [
      { path: `#${begun}.#at`, name: `was_${begun}`, value: item[begun]?.at },
      { path: `#${ended}`, name: `was_${ended}`, value: item[ended] },
    ];
  });
  const said = Object.values(REPORTED_BY_SES).map((attribute) => ({
    ...{ path: `#${attribute}.#at`, name: `was_${attribute}`, value: item[attribute]?.at },
  }));
  const clauses = [...read, ...said].map(({ path, name, value }) =>
    value === undefined ? `attribute_not_exists(${path})` : `${path} = :${name}`,
  );
  const values = [...read, ...said].flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  return { expression: clauses.join(' AND '), values: Object.fromEntries(values) };
};
