import type { Button } from './form-choice.ts';

/** All texts of the page. To translate the page, translate this file and set its language. */

export const LANGUAGE = 'en';

type Buttons = readonly Readonly<{ choice: Button; label: string }>[];

/** One state of the page. */
export type PageTexts = Readonly<{
  title: string;
  heading: string;
  paragraphs: readonly string[];
  buttons: Buttons;
  /** A second section, with its own heading. */
  more?: Readonly<{ heading: string; paragraph: string; buttons: Buttons }>;
}>;

const leave = (category: string | undefined) =>
  category === undefined
    ? ({ choice: 'everything', label: 'Stop all emails' } as const)
    : ({ choice: 'category', label: `Stop emails of the kind “${category}”` } as const);

const getAgain = (category: string | undefined) =>
  category === undefined
    ? ({ choice: 'return everything', label: 'Get all emails again' } as const)
    : ({ choice: 'return category', label: `Get emails of the kind “${category}” again` } as const);

/** A button for the email's category, if it has one, and one for everything. */
const each = (button: (category: string | undefined) => Buttons[number], category: string | undefined): Buttons =>
  category === undefined ? [button(undefined)] : [button(category), button(undefined)];

/** The page before any choice. It does not read whether the recipient has unsubscribed before. */
export const asking = (category: string | undefined): PageTexts => ({
  title: 'Unsubscribe',
  heading: category === undefined ? 'Stop all emails?' : 'Which emails should stop?',
  paragraphs: [
    category === undefined
      ? 'You came here from an email that we sent you.'
      : `You came here from an email of the kind “${category}”.`,
    `“All emails” means all mailings to the address that this email went to. ${STILL_SENT}`,
    'Nothing has changed yet.',
  ],
  buttons: each(leave, category),
  more: {
    heading: 'Have you unsubscribed before?',
    paragraph: 'You can get these emails again.',
    buttons: each(getAgain, category),
  },
});

const STILL_SENT = 'Messages that you ask for, such as receipts and new passwords, still come.';

/** The recipient has unsubscribed: from a category, or from everything. */
export const done = (category: string | undefined): PageTexts => ({
  title: 'You have unsubscribed',
  heading:
    category === undefined ? 'All emails have been stopped' : `Emails of the kind “${category}” have been stopped`,
  paragraphs: [
    'We no longer send them to the address that this email went to. One that is on its way already may still arrive.',
    category === undefined ? STILL_SENT : 'Other emails come as before.',
  ],
  buttons: [],
  more: {
    heading: 'Was that a mistake?',
    paragraph: 'Get these emails again, now or later by the same link.',
    buttons: [getAgain(category)],
  },
});

/**
 * The recipient has resubscribed: to a category, or to everything.
 * @param own the category of the email whose link it is
 */
export const returned = (category: string | undefined, own: string | undefined): PageTexts => ({
  title: 'You are subscribed again',
  heading: category === undefined ? 'You get emails again' : `You get emails of the kind “${category}” again`,
  paragraphs: [
    category === undefined
      ? 'Kinds of emails that you stopped one by one stay stopped.'
      : 'If you also stopped all emails, none come before you get those again too.',
  ],
  buttons: [],
  ...((category !== undefined || own !== undefined) && {
    more: {
      heading: category === undefined ? `Did you also stop the kind “${own}”?` : 'Did you also stop all emails?',
      paragraph: 'Then this is a choice of its own.',
      buttons: [getAgain(category === undefined ? own : undefined)],
    },
  }),
});

/** The token is not valid. The page does not show the reason. */
export const unknown: PageTexts = {
  title: 'This link does not work',
  heading: 'This link does not work',
  paragraphs: [
    'It is not complete, or it was changed on its way. Nothing has been stopped.',
    'Please open it from the email again. If it still does not work, answer the email and ask us to stop.',
  ],
  buttons: [],
};

/** A server error. The choice can be repeated. */
export const failed = (choice: Button | undefined): PageTexts => ({
  title: 'That did not work',
  heading: 'That did not work',
  paragraphs: [
    'The fault is ours, not yours. Please try again in a minute.',
    'If it stays so, answer the email and tell us what you want.',
  ],
  buttons: choice === undefined ? [] : [{ choice, label: 'Try again' }],
});
