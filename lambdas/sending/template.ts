import Mustache from 'mustache';

/** A text with markers, `{{name}}`, each of which a value takes the place of. */
export type Template = Readonly<{
  /** The markers' names, each once. */
  markers: readonly string[];
  /** @param values one for each marker, by name */
  render: (values: Values, escaping: 'html' | 'not at all') => string;
}>;

export type Values = Readonly<Record<string, string | number>>;

/** Thrown for a text that is no template; the message says what is wrong, to be read after the field's name. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate';
}

/** What a marker and a value may be called. */
export const MARKER = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** The marker whose value is ours: the link by which the recipient leaves. */
export const UNSUBSCRIBE_URL = 'unsubscribeUrl';

/**
 * Reads a template. Mustache's parser says what is in it; of what it knows only markers and comments are taken, since a
 * text with conditions or unescaped values is a program, and a value could change what it does.
 * @throws BadTemplate
 */
export const readTemplate = (text: string): Template => {
  const parts = partsOf(text);
  const markers = [...new Set(parts.flatMap((part) => ('marker' in part ? [part.marker] : [])))];
  return {
    markers,
    render: (values, escaping) =>
      parts
        .map((part) => {
          if ('text' in part) return part.text;
          const value = Object.hasOwn(values, part.marker) ? String(values[part.marker]) : '';
          return escaping === 'html' ? Mustache.escape(value) : value;
        })
        .join(''),
  };
};

type Part = Readonly<{ text: string }> | Readonly<{ marker: string }>;

const partsOf = (text: string): readonly Part[] =>
  tokensOf(text).map(([kind, content]) => {
    if (kind === 'text') return { text: content };
    if (kind === '!') return { text: '' };
    if (kind !== 'name') throw new BadTemplate(NOT_TAKEN[kind] ?? 'has a marker of a kind that is not taken');
    if (!MARKER.test(content))
      throw new BadTemplate('has a marker whose name is not letters, digits, _ and -, at most 64');
    return { marker: content };
  });

const tokensOf = (text: string): readonly (readonly [kind: string, content: string])[] => {
  try {
    // A writer of its own: that of `Mustache.parse` keeps every template that a function ever saw.
    return new Mustache.Writer()
      .parse(text, ['{{', '}}'])
      .map(([kind, content]: readonly unknown[]) => [String(kind), String(content)] as const);
  } catch {
    // Not the parser's own words: they quote the text.
    throw new BadTemplate('has a marker or a section that is not closed, or was not opened');
  }
};

const NOT_TAKEN: Readonly<Record<string, string>> = {
  '&': 'has an unescaped marker ({{{…}}} or {{&…}}); use {{…}}',
  '#': 'has a section ({{#…}}); only markers are taken',
  '^': 'has a section ({{^…}}); only markers are taken',
  '>': 'has a partial ({{>…}}); only markers are taken',
  '=': 'changes the delimiters ({{=…=}}); only markers are taken',
};
