import type { Mailing } from '../../domain/mailing/mailing.ts';

/** A warning about a campaign that is accepted. */
export type Warning = Readonly<{ code: 'no_category'; message: string }>;

/** Warnings about possible mistakes. A campaign that is not unsubscribable needs no category. */
export const warningsOf = ({ category, unsubscribable }: Pick<Mailing, 'category' | 'unsubscribable'>) =>
  category === undefined && unsubscribable ? [NO_CATEGORY] : [];

const NO_CATEGORY: Warning = {
  code: 'no_category',
  message:
    'The campaign has no category: a recipient who unsubscribes from it unsubscribes from all bulk mail. Give each kind of mail a category, so that recipients can unsubscribe from one of them.',
};
