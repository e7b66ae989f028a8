import { causesInForce, closedTo } from '../suppression/causes-in-force.ts';
import type { Cause, CauseName, SuppressionItem } from '../suppression/suppression.ts';
import { digestOf } from '../values/digest.ts';

/** A cause as it is told: without its note, which people write to themselves. */
export type PublishedCause = Omit<Cause, 'note'>;

/** That something else is in force for an address; fields as the API names them, times ISO 8601. */
export type SuppressionChanged = Readonly<{
  /** The same whenever the same change is told. */
  id: string;
  address: string;
  suppressed: boolean;
  /** The strongest cause in force; null where none is. */
  reason: CauseName | null;
  /** The categories of mail that are stopped; null: all mail. Empty where nothing is. */
  categories: readonly string[] | null;
  /** All causes in force, strongest first. */
  causes: readonly PublishedCause[];
  previousReason: CauseName | null;
  changedAt: string;
}>;

/**
 * What a row's two images tell, both as of `changedAt` (ISO 8601), when the row was written: a time that is the same
 * however late it is told. Nothing where the same is in force as before: a bounce told again, another note. A row that is
 * gone was erased, and whoever was erased is not to be named once more.
 *
 * The id is made of what was and is in force: a cause that comes back begins at another time.
 */
export const suppressionChanged = (
  before: SuppressionItem | undefined,
  after: SuppressionItem | undefined,
  changedAt: string,
): SuppressionChanged | undefined => {
  if (after === undefined) return undefined;
  const was = before === undefined ? [] : causesInForce(before, changedAt);
  const is = causesInForce(after, changedAt);
  if (JSON.stringify(was.map(stopped)) === JSON.stringify(is.map(stopped))) return undefined;
  const { address } = after;
  return {
    id: digestOf('SuppressionChanged', address, was.map(begun), is.map(begun)),
    address,
    suppressed: is.length > 0,
    reason: is[0]?.cause ?? null,
    categories: closedTo(is),
    causes: is.map(({ note: _, ...cause }) => cause),
    previousReason: was[0]?.cause ?? null,
    changedAt,
  };
};

/** What a cause stops, and until when. */
const stopped = ({ cause, categories, endsAt }: Cause) => [cause, categories, endsAt];

const begun = (cause: Cause) => [...stopped(cause), cause.at];
