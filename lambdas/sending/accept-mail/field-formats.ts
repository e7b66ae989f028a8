import { readMap } from '../../http/map.ts';
import type { OwnFormats } from '../../http/schema.ts';
import { breaksLines } from '../email/header-text.ts';
import { readMailbox, writeMailbox } from '../email/mailbox.ts';
import { MOST_MAILBOX, mailboxLength } from '../email/ses-limits.ts';
import { BadTemplate, readTemplate } from '../email/template.ts';

const whatIsWrong = (text: string): string | undefined => {
  try {
    readTemplate(text);
    return undefined;
  } catch (error) {
    if (error instanceof BadTemplate) return error.message;
    throw error;
  }
};

const wrongMailbox = (text: string): string | undefined => {
  const mailbox = readMailbox(text);
  if (mailbox === undefined) {
    return 'must be one address, such as office@club.example or Office <office@club.example>; put a name that contains an address or a single quotation mark into quotation marks';
  }
  const bytes = mailboxLength(writeMailbox(mailbox));
  return bytes <= MOST_MAILBOX
    ? undefined
    : `has ${bytes} bytes once encoded; Amazon SES accepts at most ${MOST_MAILBOX}: shorten the name`;
};

/** The formats of request fields that JSON Schema does not define. */
export const FORMATS: OwnFormats = {
  map: readMap,
  'mailtrail-mailbox': wrongMailbox,
  'mailtrail-template': whatIsWrong,
  'mailtrail-one-line-template': (text) =>
    breaksLines(text) ? 'must be on one line, without control characters' : whatIsWrong(text),
};
