import type { Mailing } from '../../domain/mailing/mailing.ts';

/** A word to the caller about a campaign that is accepted all the same. */
export type Warning = Readonly<{ code: 'no_category'; message: string }>;

/** What a campaign may not be meant to be. Without a link to leave by, it needs no category to leave. */
export const warningsOf = ({ category, unsubscribable }: Pick<Mailing, 'category' | 'unsubscribable'>) =>
  category === undefined && unsubscribable ? [NO_CATEGORY] : [];

const NO_CATEGORY: Warning = {
  code: 'no_category',
  message:
    'The campaign has no category: a recipient who unsubscribes from it unsubscribes from all bulk mail. Give each kind of mail a category, and recipients can leave one of them.',
};
