import type { UnusableItem } from '../../http/schema.ts';

/** What is wrong with an item of a list, and what would be right. Never a value of it. */
export const whatIsWrong = ({ unusable }: UnusableItem): string =>
  unusable.map(({ parameter, message }) => `${parameter} ${message}`.trim()).join('; ');

/**
 * The address of an unusable item as it was given, so that a person finds it in their list; null where it is no text.
 */
export const givenAddress = ({ texts }: UnusableItem): string | null => texts.address ?? texts[''] ?? null;
