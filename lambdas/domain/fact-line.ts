import { digest } from './digest.ts';
import { FACT_KINDS, type Fact, type FactDetails, type FactKind } from './fact.ts';

/**
 * How a fact is kept: one line of at most 300 bytes that a person can read in the DynamoDB console and that is read back
 * here, such as
 *
 *     2026-11-24T10:00:03.120Z bounced_hard type=Permanent subtype=General status=5.1.1 diagnostic="smtp; 550 5.1.1 unknown"
 *
 * It is made from the fact alone, so the same fact always gives the same line and a set of lines counts nothing twice.
 */
export const LONGEST_LINE = 300;

/** The words of a line in their order: codes first, then the one text that takes what room is left. */
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
] as const satisfies readonly (keyof FactDetails)[];

/** SES's longest code, BYOIPHostNameLookupUnavailable, has 30 bytes; a template's name has at most 64 characters. */
const ROOM = { code: 32, mta: 60, template: 66, named: 80 } as const;

/** What the codes leave to the text behind them at least: a remote server may write all of them at their longest. */
const LEFT_FOR_TEXT = 24;

/** The line that keeps a fact. Text that does not fit is cut and ends in `…`. */
export const toLine = ({ kind, at, details }: Fact): string => {
  let line = `${at} ${kind}`;
  for (const word of CODES) {
    const value = details[word];
    if (value === undefined) continue;
    const most = word === 'mta' || word === 'template' || word === 'named' ? ROOM[word] : ROOM.code;
    const left = LONGEST_LINE - LEFT_FOR_TEXT - Buffer.byteLength(line) - word.length - 2;
    // Where nothing of a value is left, its word says nothing either.
    if (left < SHORTEST) continue;
    line += ` ${word}=${fitted(value, Math.min(most, left), word === 'named' ? `…${digest(value)}` : '…')}`;
  }
  for (const word of TEXTS) {
    const value = details[word];
    if (value === undefined) continue;
    const room = LONGEST_LINE - Buffer.byteLength(line) - word.length - 2;
    // Two long links that differ only at their ends are two clicks, so what is cut leaves its fingerprint.
    line += ` ${word}=${fitted(value, room, word === 'link' ? `…${digest(value)}` : '…')}`;
  }
  return line;
};

/** The fact a line keeps; `undefined` for a line this version does not know (a newer one, or a person, wrote it). */
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
 * What makes two facts of one email the same fact: kind and time, for a click the link too. The time is the one that was
 * reported, since one report that arrives twice may be held to two times; an address that was named tells reports apart.
 */
export const sameness = ({ kind, at, details: { said = at, link, named } }: Fact): string =>
  [said, kind, ...(kind === 'clicked' ? [link] : []), ...(named === undefined ? [] : [named])].join(' ');

/** The fewest bytes in which a value and the mark that it was cut say anything. */
const SHORTEST = 16;

const LINE = /^(\S+) (\S+)((?: [a-z]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]\S*))*)$/;
const WORD = / ([a-z]+)=("(?:[^"\\]|\\.)*"|\S+)/g;
const PLAIN = /^[^\s"\p{Cc}\p{Cs}]\S*$/u;

const isKind = (text: string | undefined): text is FactKind => FACT_KINDS.some((kind) => kind === text);
const quote = (value: string): string =>
  PLAIN.test(value) && !/[\p{Cc}\p{Cs}]/u.test(value) ? value : JSON.stringify(value);
const unquote = (value: string): string => (value.startsWith('"') ? JSON.parse(value) : value);

const fitted = (value: string, room: number, ending: string): string => {
  const whole = quote(value);
  if (Buffer.byteLength(whole) <= room) return whole;
  // A character takes a byte at least, so more than `room` of them never fit.
  const characters = [...value.slice(0, Math.max(room, 0))];
  let cut: string;
  do {
    characters.pop();
    cut = quote(`${characters.join('')}${ending}`);
  } while (Buffer.byteLength(cut) > room && characters.length > 0);
  return cut;
};
