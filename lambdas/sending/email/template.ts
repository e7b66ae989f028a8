import Mustache from 'mustache';
import { escapeHtml } from './escape-html.ts';
import { breaksLines } from './header-text.ts';

/** A text with markers, `{{name}}` or `{{name|default}}`, each of which is replaced by a value. */
export type Template = Readonly<{
  /** The markers' names, each once. */
  markers: readonly string[];
  /** The markers without a default in at least one place: their values are required. */
  required: readonly string[];
  /** The text between the markers. */
  fixed: string;
  /** How many markers there are, repeats included. */
  count: number;
  /** @param values one for each required marker, by name */
  render: (values: TemplateValues, escaping: Escaping) => string;
  /** The UTF-8 bytes of the result of `render`, without rendering it. */
  bytes: (values: TemplateValues, escaping: Escaping) => number;
}>;

export type TemplateValues = Readonly<Record<string, string | number>>;

type Escaping = 'html' | 'not at all';

/** Thrown for a text that is no template. The message describes what is wrong, and follows the field's name. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate';
}

/** The valid names of markers and values. */
export const MARKER = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** The marker whose value Mailtrail provides: the link to unsubscribe. */
export const UNSUBSCRIBE_URL = 'unsubscribeUrl';

/**
 * Reads a template with Mustache's parser. Only markers and comments are allowed: a text with conditions or unescaped
 * values is a program, and a value could change what it does.
 * @throws BadTemplate
 */
export const readTemplate = (text: string): Template => {
  const parts = partsOf(text);
  const markers = parts.filter((part) => 'marker' in part);
  const fixed = parts.map((part) => ('text' in part ? part.text : '')).join('');
  return {
    markers: namesOf(markers),
    required: namesOf(markers.filter(({ byDefault }) => byDefault === undefined)),
    fixed,
    count: markers.length,
    render: (values, escaping) =>
      parts.map((part) => ('text' in part ? part.text : written(part, values, escaping))).join(''),
    bytes: (values, escaping) =>
      markers.reduce(
        (sum, marker) => sum + Buffer.byteLength(written(marker, values, escaping)),
        Buffer.byteLength(fixed),
      ),
  };
};

type Marker = Readonly<{ marker: string; byDefault?: string }>;
type Part = Readonly<{ text: string }> | Marker;

const namesOf = (markers: readonly Marker[]): readonly string[] => [...new Set(markers.map(({ marker }) => marker))];

/** The text that replaces a marker: its value, or its default if the value is missing or blank. */
const written = ({ marker, byDefault }: Marker, values: TemplateValues, escaping: Escaping): string => {
  const value = Object.hasOwn(values, marker) ? String(values[marker]) : '';
  const text = byDefault !== undefined && BLANK.test(value) ? byDefault : value;
  return escaping === 'html' ? escapeHtml(text) : text;
};

/** Only invisible characters: exports of member lists write a missing name in each of these ways. */
const BLANK = /^[\s\p{Cc}\p{Cf}]*$/u;

const partsOf = (text: string): readonly Part[] =>
  tokensOf(text).map(([kind, content]) => {
    if (kind === 'text') return { text: content };
    if (kind === '!') return { text: '' };
    if (kind !== 'name') throw new BadTemplate(NOT_ALLOWED[kind] ?? 'has a marker of a kind that is not allowed');
    return markerOf(content);
  });

/** @param content `name` or `name|default`: the default is all behind the first `|`, without the spaces around it */
const markerOf = (content: string): Marker => {
  const at = content.indexOf('|');
  const marker = (at === -1 ? content : content.slice(0, at)).trimEnd();
  if (!MARKER.test(marker))
    throw new BadTemplate('has a marker whose name is not letters, digits, _ and -, at most 64');
  if (at === -1) return { marker };
  const byDefault = content.slice(at + 1).trim();
  if (marker === UNSUBSCRIBE_URL)
    throw new BadTemplate(`has a default for {{${UNSUBSCRIBE_URL}}}, which is always there`);
  if (NOT_IN_A_DEFAULT.test(byDefault) || breaksLines(byDefault) || [...byDefault].length > LONGEST_DEFAULT) {
    throw new BadTemplate(
      `has a marker whose default ({{name|default}}) holds {, } or |, is not on one line, or has more than ${LONGEST_DEFAULT} characters`,
    );
  }
  return { marker, byDefault };
};

const NOT_IN_A_DEFAULT = /[{}|]/;

/** Characters. */
const LONGEST_DEFAULT = 200;

const tokensOf = (text: string): readonly (readonly [kind: string, content: string])[] => {
  try {
    // Not `Mustache.parse`: its shared writer caches every template, for the life of the process.
    return new Mustache.Writer()
      .parse(text, ['{{', '}}'])
      .map(([kind, content]: readonly unknown[]) => [String(kind), String(content)] as const);
  } catch {
    // Not the parser's message, which quotes the text.
    throw new BadTemplate('has a marker or a section that is not closed, or was not opened');
  }
};

const NOT_ALLOWED: Readonly<Record<string, string>> = {
  '&': 'has an unescaped marker ({{{…}}} or {{&…}}); use {{…}}',
  '#': 'has a section ({{#…}}); only markers are allowed',
  '^': 'has a section ({{^…}}); only markers are allowed',
  '>': 'has a partial ({{>…}}); only markers are allowed',
  '=': 'changes the delimiters ({{=…=}}); only markers are allowed',
};
