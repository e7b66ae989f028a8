/** All that the page says. Whoever translates it translates this file, and its language. */

export const LANGUAGE = 'en';

/** One state of the page. A choice is what its button asks for. */
export type PageTexts = Readonly<{
  title: string;
  heading: string;
  paragraphs: readonly string[];
  buttons: readonly Readonly<{ choice: 'category' | 'everything'; label: string }>[];
  /** What stands below, under a heading of its own. */
  more?: Readonly<{ heading: string; paragraph: string }>;
}>;

const EVERYTHING = { choice: 'everything', label: 'Stop all emails' } as const;

/** Before anything has happened. */
export const asking = (category: string | undefined): PageTexts => ({
  title: 'Unsubscribe',
  heading: category === undefined ? 'Stop all emails?' : 'Which emails should stop?',
  paragraphs: [
    ...(category === undefined
      ? ['You came here from an email that we sent you.']
      : [`You came here from an email of the kind “${category}”.`]),
    '“All emails” means everything we send to the address that this email went to, statements and receipts too.',
    'Nothing has changed yet.',
  ],
  buttons: [
    ...(category === undefined
      ? []
      : [{ choice: 'category', label: `Stop emails of the kind “${category}”` } as const]),
    EVERYTHING,
  ],
});

/** It is done; by whose wish of the two. */
export const done = (category: string | undefined): PageTexts => ({
  title: 'You have unsubscribed',
  heading:
    category === undefined ? 'All emails have been stopped' : `Emails of the kind “${category}” have been stopped`,
  paragraphs: [
    'We no longer send them to the address that this email went to. One that is on its way already may still arrive.',
    ...(category === undefined ? [] : ['Other emails come as before.']),
  ],
  buttons: [],
  more: {
    heading: 'Was that a mistake?',
    paragraph:
      'Write to us, for instance by answering the email, and ask to get these emails again. Only we can undo it, and only if you ask.',
  },
});

/** The link is not one that we made. Why not is nobody's business. */
export const unknown: PageTexts = {
  title: 'This link does not work',
  heading: 'This link does not work',
  paragraphs: [
    'It is not complete, or it was changed on its way. Nothing has been stopped.',
    'Please open it from the email again. If it still does not work, answer the email and ask us to stop.',
  ],
  buttons: [],
};

/** The fault is ours. What was chosen can be chosen again. */
export const failed = (choice: 'category' | 'everything' | undefined): PageTexts => ({
  title: 'That did not work',
  heading: 'That did not work',
  paragraphs: [
    'The fault is ours, not yours. Please try again in a minute.',
    'If it stays so, answer the email and ask us to stop.',
  ],
  buttons: choice === undefined ? [] : [{ choice, label: 'Try again' }],
});
