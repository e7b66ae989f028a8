import type { OwnFormats } from '../http/contract.ts';
import { readMap } from '../http/map.ts';
import { breaksLines } from '../sending/header-text.ts';
import { readMailbox } from '../sending/mailbox.ts';
import { BadTemplate, readTemplate } from '../sending/template.ts';

const whatIsWrong = (text: string): string | undefined => {
  try {
    readTemplate(text);
    return undefined;
  } catch (error) {
    if (error instanceof BadTemplate) return error.message;
    throw error;
  }
};

/** The formats of the fields that are sent. */
export const FORMATS: OwnFormats = {
  map: readMap,
  'mailtrail-mailbox': (text) =>
    readMailbox(text) === undefined
      ? 'must be one address, such as office@club.example or Office <office@club.example>'
      : undefined,
  'mailtrail-template': whatIsWrong,
  'mailtrail-one-line-template': (text) =>
    breaksLines(text) ? 'must be on one line, without control characters' : whatIsWrong(text),
};
