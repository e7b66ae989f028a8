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

/** Thrown for what cannot be mirrored within one call of the function. */
export class NotMirrored extends Error {
  override readonly name = 'NotMirrored';
}

/**
 * Brings SES's list to what the row of an address says now, and notes on the row what the list says then. It does not
 * matter which change it was called for, nor how often: the row is read, and read anew where it changed meanwhile.
 *
 * @throws NotMirrored, InSandbox, and whatever SES and DynamoDB refuse
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

/** Each spelling is a call, and calls go by the second: what would take longer than the function may is for a person. */
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

/** What is noted is of after what ended, whatever two clocks say, or it would never count. */
const afterTheEnd = (item: SuppressionItem, time: string): string => {
  const ended = lastEnded(item, time);
  return time < ended ? ended : time;
};

/**
 * Puts the address on the list unless it is there for a reason as strong, and says for which it is there then. Sending
 * ignores case, so one spelling is enough. SES can't put on a condition: a complaint that it adds by itself between our
 * looking and our putting would be overwritten; its event, once recorded, puts it right.
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
