import type { CauseRecord } from './suppression.ts';

/**
 * A category of mail that a recipient left, or came back to: the latest of each, by its own time, so the order in which
 * they are told changes nothing. A category is what the message tag `category` says, and a topic of SES's contact list.
 */
export type LeftCategory = Readonly<{ category: string; left?: CauseRecord; endedAt?: string }>;

/** A category that is closed at a time. */
export type ClosedCategory = LeftCategory & Readonly<{ left: CauseRecord }>;

/** The attributes of an address's row that keep a category, as `unsubscribe` and `unsubscribeEndedAt` keep all mail. */
export const categoryAttributes = (category: string) => [`${LEFT}${category}`, `${ENDED}${category}`] as const;

const LEFT = 'unsubscribe:';
const ENDED = 'unsubscribeEndedAt:';

/** What an attribute of a row keeps of which category; `undefined` where it keeps none. */
export const categoryIn = (attribute: string): Readonly<{ category: string; part: 'left' | 'endedAt' }> | undefined => {
  if (attribute.startsWith(LEFT)) return { category: attribute.slice(LEFT.length), part: 'left' };
  if (attribute.startsWith(ENDED)) return { category: attribute.slice(ENDED.length), part: 'endedAt' };
  return undefined;
};

/** The categories that are left and not come back to. */
export const closedCategories = (categories: readonly LeftCategory[] = []): readonly ClosedCategory[] =>
  categories.filter(
    (one): one is ClosedCategory => one.left !== undefined && (one.endedAt === undefined || one.left.at > one.endedAt),
  );
