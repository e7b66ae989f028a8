import { keptLink } from '../ses-events/clicked-link.ts';
import { digest } from '../values/digest.ts';
import { FACT_KINDS, type Fact, type FactDetails, type FactKind } from './fact.ts';

/**
 * How a fact is stored: one line of at most 300 bytes, readable in the DynamoDB console and parsed here, such as
 *
 *     2026-11-24T10:00:03.120Z bounced_hard type=Permanent subtype=General status=5.1.1 diagnostic="smtp; 550 5.1.1 unknown"
 *
 * It depends on the fact alone, so the same fact always gives the same line and a set of lines counts nothing twice.
 */
export const LONGEST_LINE = 300;

/** The words of a line in their order: codes first, then the one text that fills the remaining space. */
const CODES = [
  'type',
  'subtype',
  'feedback',
  'delay',
  'expires',
  'action',
  'status',
  'said',
  'automated',
  'unsubscribe',
  'via',
  'template',
  'named',
  'mta',
] as const satisfies readonly (keyof FactDetails)[];
const TEXTS = [
  'diagnostic',
  'agent',
  'response',
  'reason',
  'topics',
  'link',
  'url',
] as const satisfies readonly (keyof FactDetails)[];

/** SES's longest code, BYOIPHostNameLookupUnavailable, has 30 bytes; a template's name has at most 64 characters. */
const ROOM = { code: 32, mta: 60, template: 66, named: 80 } as const;

/** The least space the codes leave for the text after them: a remote server may write all of them at maximum length. */
const LEFT_FOR_TEXT = 24;

/**
 * The line that stores a fact. Text that does not fit is cut and ends in `…`; a clicked link is stored without secrets.
 */
export const toLine = ({ kind, at, details }: Fact): string =>
  lineOf({ kind, at, details: details.link === undefined ? details : { ...details, link: keptLink(details.link) } });

/**
 * The line of a click as versions before clicked-link.ts wrote it, with its link as in SES's event. Rows still hold
 * such lines.
 */
export const toFormerLine = (fact: Fact): string => lineOf(fact, AS_IT_IS);

const AS_IT_IS = () => true;

/** Whether a text is a link as it is stored. A parsed line must be the fact that gives the same line. */
const isKept = (text: string): boolean => keptLink(text) === text;

const lineOf = ({ kind, at, details }: Fact, linkMayBe: (text: string) => boolean = isKept): string => {
  let line = `${at} ${kind}`;
  for (const word of CODES) {
    const value = details[word];
    if (value === undefined) continue;
    const most = word === 'mta' || word === 'template' || word === 'named' ? ROOM[word] : ROOM.code;
    const left = LONGEST_LINE - LEFT_FOR_TEXT - Buffer.byteLength(line) - word.length - 2;
    // A word without any of its value has no information.
    if (left < SHORTEST) continue;
    line += ` ${word}=${fitted(value, Math.min(most, left), word === 'named' ? `…${digest(value)}` : '…')}`;
  }
  for (const word of TEXTS) {
    const value = details[word];
    if (value === undefined) continue;
    const room = LONGEST_LINE - Buffer.byteLength(line) - word.length - 2;
    // Two long links that differ only at their ends are two clicks, so a digest of the cut part is kept.
    const ending = word === 'link' || word === 'url' ? `…${digest(value)}` : '…';
    line += ` ${word}=${fitted(value, room, ending, word === 'link' ? linkMayBe : AS_IT_IS)}`;
  }
  return line;
};

/** The fact in a line; `undefined` for a line this version cannot parse (a newer version, or a person, wrote it). */
export const readLine = (line: string): Fact | undefined => {
  const [, at, kind, rest = ''] = LINE.exec(line) ?? [];
  if (at === undefined || !isKind(kind)) return undefined;
  try {
    const words = [...rest.matchAll(WORD)].map(([, word = '', value = '']) => [word, unquote(value)]);
    return { at, kind, details: Object.fromEntries(words) };
  } catch {
    return undefined;
  }
};

/**
 * What makes two facts of one email the same fact: kind and time, and for a click the link as it is stored. So two
 * clicks at the same millisecond on links that differ only in omitted parts are one. The time is the reported one,
 * since a report that arrives twice may be limited to two different times. The named address distinguishes reports.
 */
export const sameness = ({ kind, at, details: { said = at, link, url, named } }: Fact): string =>
  [
    ...[said, kind],
    ...(kind === 'clicked' ? [keptLink(link ?? url ?? '')] : []),
    ...(named === undefined ? [] : [named]),
  ].join(' ');

/** The fewest bytes in which a value and its cut mark are useful. */
const SHORTEST = 16;

const LINE = /^(\S+) (\S+)((?: [a-z]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]\S*))*)$/;
const WORD = / ([a-z]+)=("(?:[^"\\]|\\.)*"|\S+)/g;
const PLAIN = /^[^\s"\p{Cc}\p{Cs}]\S*$/u;

const isKind = (text: string | undefined): text is FactKind => FACT_KINDS.some((kind) => kind === text);
const quote = (value: string): string =>
  PLAIN.test(value) && !/[\p{Cc}\p{Cs}]/u.test(value) ? value : JSON.stringify(value);
const unquote = (value: string): string => (value.startsWith('"') ? JSON.parse(value) : value);

const fitted = (value: string, room: number, ending: string, mayBe: (text: string) => boolean = AS_IT_IS): string => {
  const whole = quote(value);
  if (Buffer.byteLength(whole) <= room) return whole;
  // A character has at least one byte, so more than `room` of them never fit.
  const characters = [...value.slice(0, Math.max(room, 0))];
  let cut: string;
  let text: string;
  do {
    characters.pop();
    text = `${characters.join('')}${ending}`;
    cut = quote(text);
  } while (characters.length > 0 && (Buffer.byteLength(cut) > room || !mayBe(text)));
  return cut;
};
