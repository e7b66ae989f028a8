import type { SesList } from '../../aws/ses/suppression-list.ts';
import type { ToMirror } from '../../domain/suppression/mirror-job.ts';
import {
  concernsSesList,
  isMirrored,
  lastEnded,
  listedRun,
  type SesListEntry,
  spellingsOf,
  wantedOnSesList,
} from '../../domain/suppression/ses-list.ts';
import type { SesListRecord, SesReason, SuppressionItem } from '../../domain/suppression/suppression.ts';
import type { MirroredSuppressions } from '../../store/suppressions/mirror-state.ts';

export type MirrorDependencies = Readonly<{
  suppressions: MirroredSuppressions;
  list: SesList;
  /** ISO 8601. */
  now: () => string;
}>;

/** Thrown for an address that cannot be mirrored within one invocation. */
export class NotMirrored extends Error {
  override readonly name = 'NotMirrored';
}

/**
 * Updates SES's list to match the current row of an address, and stores the list's state on the row. It is idempotent, and
 * independent of the change that caused it: the row is read, and read again if it changed meanwhile.
 *
 * @throws NotMirrored, InSandbox, and whatever the SDK throws
 */
export const mirror = async (
  { address, ifStillNeeded }: ToMirror,
  { suppressions, list, now }: MirrorDependencies,
): Promise<void> => {
  for (let pass = 0; pass < PASSES; pass++) {
    const item = await suppressions.get(address);
    if (item === undefined || !concernsSesList(item, now())) return;
    if (ifStillNeeded && pass === 0 && isMirrored(item, now())) return;
    if (await suppressions.record(item, await bring(list, item, now))) return;
  }
  throw new NotMirrored('the row changed during each of several passes');
};

const PASSES = 3;

/**
 * Each spelling is a request, and the rate of requests is limited: more would exceed the function's timeout, and need a
 * person.
 */
const MOST_SPELLINGS = 30;

const bring = async (list: SesList, item: SuppressionItem, now: () => string): Promise<SesListRecord> => {
  const wanted = wantedOnSesList(item, now());
  const spellings = spellingsOf(item);
  if (spellings.length > MOST_SPELLINGS) throw new NotMirrored(`the address has more than ${MOST_SPELLINGS} spellings`);
  if (wanted === 'NOTHING') {
    for (const spelling of spellings) await list.remove(spelling);
    const at = afterTheEnd(item, now());
    return { wanted, at, takenOffAt: at, spellings };
  }
  const { takenOffAt } = item.sesList ?? {};
  const reason = await listed(list, item, wanted);
  const at = afterTheEnd(item, now());
  const kept = takenOffAt !== undefined && takenOffAt <= at && { takenOffAt };
  return { wanted, reason, at, ...listedRun(item, at), ...kept };
};

/** The stored time must be after the last end, even if clocks differ, or the record would not count. */
const afterTheEnd = (item: SuppressionItem, time: string): string => {
  const ended = lastEnded(item, time);
  return time < ended ? ended : time;
};

/**
 * Adds the address to the list unless it is there for a reason that is as strong. Returns the reason for which it is on the
 * list. Sending ignores case, so one spelling is enough. SES has no conditional put: a complaint that SES adds between the
 * read and the write would be overwritten, and is restored when its event is recorded.
 */
const listed = async (list: SesList, item: SuppressionItem, wanted: SesReason): Promise<SesReason> => {
  const spellings = spellingsOf(item);
  let weaker: SesListEntry | undefined;
  for (const spelling of spellings) {
    const entry = await list.get(spelling);
    if (entry === undefined) continue;
    if (standsFor(entry, item, wanted)) return entry.reason;
    weaker ??= entry;
  }
  await list.put(weaker?.spelling ?? spellings[0] ?? item.address, wanted);
  return wanted;
};

/** A complaint is never overwritten by a bounce, unless it is one that ended here since. */
const standsFor = ({ reason, at }: SesListEntry, item: SuppressionItem, wanted: SesReason): boolean =>
  reason === 'COMPLAINT' ? wanted === 'COMPLAINT' || at > (item.complaintEndedAt ?? '') : wanted === 'BOUNCE';
