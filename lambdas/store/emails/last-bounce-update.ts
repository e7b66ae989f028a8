import { isLaterBounce, type LastBounce } from '../../domain/ses-events/last-bounce.ts';
import type { Condition, StoredItem } from '../dynamodb/update-item.ts';

/** What a bounce's diagnostic sets on an item, and on which condition; nothing if the item has a later one. */
export type LastBounceWrite = Readonly<{
  set: Readonly<{ lastBounce?: LastBounce }>;
  condition: Condition | undefined;
}>;

/** Keeps the latest bounce's diagnostic, as a maximum: as a condition for DynamoDB, and in memory. */
export const lastBounceFor = (lastBounce: LastBounce | undefined, known: StoredItem | undefined): LastBounceWrite => {
  const kept = known?.lastBounce as LastBounce | undefined;
  if (lastBounce === undefined || (kept !== undefined && !isLaterBounce(lastBounce, kept))) {
    return { set: {}, condition: undefined };
  }
  return { set: { lastBounce }, condition: isLater(lastBounce) };
};

const isLater = ({ at, diagnostic }: LastBounce): Condition => ({
  expression:
    'attribute_not_exists(#lastBounce) OR #lastBounce.#at < :bouncedAt OR (#lastBounce.#at = :bouncedAt AND #lastBounce.#diagnostic < :bouncedWith)',
  values: { bouncedAt: at, bouncedWith: diagnostic },
});
