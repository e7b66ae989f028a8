import { typedAddress } from '../domain/values/pasted-address.ts';
import { readAddress } from './address-in-path.ts';
import { readInstant } from './instant.ts';
import type { ParameterError } from './problem.ts';
import type { AnyValue, CheckResult, FormatOfItsOwn, OwnFormats, ParameterSchema, Wrong } from './schema.ts';
/** What is wrong with a value or with parts of it, by full names. */
export const below = (name: string, wrong: Wrong): readonly ParameterError[] =>
  'wrong' in wrong
    ? [{ parameter: name, message: wrong.wrong }]
    : wrong.inside.map(({ parameter, message }) => ({ parameter: `${name}${parameter}`, message }));

/** Checks the text of a parameter against the contract. The message never repeats the text. */
export const readParameter = (schema: ParameterSchema, text: string, own?: OwnFormats): CheckResult => {
  switch (schema.type) {
    case 'integer':
      return readInteger(schema, text);
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { wrong: 'must be true or false' };
    case 'string':
      return readText(schema, text, own);
  }
};

const readInteger = (
  { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: ParameterSchema,
  text: string,
): CheckResult => {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum
    ? { value }
    : { wrong: `must be a whole number from ${minimum} to ${maximum}` };
};

const readText = (schema: ParameterSchema, text: string, own: OwnFormats | undefined): CheckResult => {
  const { enum: words, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  if (words !== undefined && !words.includes(text)) return { wrong: `must be one of ${words.join(', ')}` };
  // JSON Schema counts characters, not the halves of them that `length` counts.
  const length = [...text].length;
  if (length < minLength) return { wrong: 'must not be empty' };
  if (length > maxLength) return { wrong: `must have at most ${maxLength} characters` };
  // A lone half of a character: UTF-8 has no form for it, and what is sent to people would not be what was written.
  if (own !== undefined && !text.isWellFormed()) return { wrong: 'must be well-formed Unicode' };
  const { format } = schema;
  if (isOwn(format)) {
    if (own === undefined) throw new Error(`this function cannot read ${format}`);
    const wrong = own[format](text);
    return wrong === undefined ? { value: text } : { wrong };
  }
  const value = inItsFormat(format, text);
  return value === undefined ? { wrong: right(format, text) } : { value };
};

const isOwn = (format: ParameterSchema['format']): format is FormatOfItsOwn =>
  format !== undefined && !(format in RIGHT);

const inItsFormat = (format: keyof typeof RIGHT | undefined, text: string): AnyValue => {
  switch (format) {
    case 'date-time':
      return readInstant(text);
    case 'mailtrail-address':
      return readAddress(text);
    case 'mailtrail-address-as-is':
      return typedAddress(text);
    case 'mailtrail-id':
      return ID.test(text) ? text : undefined;
    // Which list a cursor belongs to is known only where the list is (cursor.ts).
    case 'mailtrail-cursor':
    case undefined:
      return text;
  }
};

/** The characters that SES allows in a tag's value, and a length that names derived from it allow. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

const RIGHT = {
  'date-time': 'must be a time with its offset, such as 2026-11-24T10:00:00.000Z',
  'mailtrail-address':
    'must be one email address, percent-encoded once; one with /, ? or % in it as ~ and its base64url',
  'mailtrail-address-as-is': 'must be one email address',
  'mailtrail-id': 'must be 1 to 64 letters, digits, hyphens and underscores (A-Z, a-z, 0-9, -, _)',
  'mailtrail-cursor': 'must be the nextCursor of an answer of this list, unchanged; leave it out to begin anew',
} as const;

const right = (format: keyof typeof RIGHT | undefined, text: string): string =>
  // A + in a URL arrives as a space. For a body the hint is omitted: %2B would be wrong there.
  format === 'date-time' && /T.* \d\d:\d\d$/.test(text)
    ? `${RIGHT['date-time']}; send a + in it as %2B`
    : RIGHT[format ?? 'mailtrail-cursor'];

/** The message for an invalid cursor. */
export const NO_CURSOR = RIGHT['mailtrail-cursor'];
