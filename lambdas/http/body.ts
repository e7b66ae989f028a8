import { isObject } from '../domain/values/json.ts';
import { readList } from './list-in-body.ts';
import { type Checked, checkNamed } from './named.ts';
import { readParameter } from './parameter.ts';
import type { CheckResult, FieldSchema, FieldSchemas, OwnFormats, ParameterSchema } from './schema.ts';

/** The body as API Gateway hands it over. */
type Carrier = Readonly<{ body?: string | undefined; isBase64Encoded: boolean }>;

/** Checks the body: a JSON object with the fields that the contract names. No body at all is an empty object. */
export const checkBody = (schemas: FieldSchemas, carrier: Carrier, own?: OwnFormats): Checked => {
  const wrong = (message: string): Checked => ({ values: {}, errors: [{ parameter: 'body', message }] });
  // Measured before anything of it is read; base64 is a third longer than the bytes it encodes.
  if ((carrier.body?.length ?? 0) > (carrier.isBase64Encoded ? (LONGEST * 4) / 3 : LONGEST)) {
    return wrong('must have at most 6 MB');
  }
  const text = textOf(carrier);
  if (text === undefined) return wrong(NOT_UTF8);
  const fields = parse(text);
  return isObject(fields)
    ? checkFields(schemas, fields, { whole: 'body', called: 'field of the body' }, own)
    : wrong('must be a JSON object in UTF-8');
};

/** Lambda's limit for a request (Lambda guide, gettingstarted-limits). */
const LONGEST = 6 * 1024 * 1024;

type Named = Readonly<{ whole: string; called: string }>;

const checkFields = (schemas: FieldSchemas, fields: object, named: Named, own: OwnFormats | undefined): Checked =>
  checkNamed<unknown, FieldSchema>(
    schemas,
    // Many programs write what they have no value for as null.
    Object.entries(fields).filter(([name, value]) => value !== null || !Object.hasOwn(schemas, name)),
    { ...named, read: (schema, given) => read(schema, given, own) },
  );

const read = (schema: FieldSchema, given: unknown, own: OwnFormats | undefined): CheckResult => {
  if (given === null && 'nullable' in schema) return { value: undefined };
  switch (schema.type) {
    case 'array':
      return readList(schema, given, (one) => read(schema.items, one, own));
    case 'object':
      return isObject(given)
        ? within(checkFields(schema.properties, given, INSIDE, own))
        : { wrong: 'must be an object' };
    case 'map':
      if (own === undefined) throw new Error('this function cannot read a map');
      return own.map(schema, given);
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { wrong: 'must be true or false' };
    default:
      return typeof given === 'string'
        ? readParameter(schema as ParameterSchema, given, own)
        : { wrong: 'must be text; leave it out where there is none' };
  }
};

/** How the fields of an object in a list are named, behind the object's own name. */
const INSIDE = { whole: '', called: 'field' };

const within = ({ values, errors }: Checked): CheckResult =>
  errors.length === 0
    ? { value: values }
    : { inside: errors.map(({ parameter, message }) => ({ parameter: parameter && `.${parameter}`, message })) };

/**
 * The body's text; `undefined` where its bytes are not UTF-8. API Gateway hands a body over as text or, where its
 * content type is not one of text, in base64 (API Gateway guide, http-api-develop-integrations-lambda). Of text the
 * bytes are gone: each that was not UTF-8 has become U+FFFD, the replacement character, and the original cannot be
 * recovered.
 */
const textOf = ({ body = '', isBase64Encoded }: Carrier): string | undefined => {
  if (!isBase64Encoded) return body.includes(REPLACEMENT) ? undefined : body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    return undefined;
  }
};

const REPLACEMENT = '\ufffd';
const NOT_UTF8 =
  'must be a JSON object in UTF-8: it has bytes that are not UTF-8; write the character U+FFFD, if it is meant, as \\ufffd';

const parse = (text: string): unknown => {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
};
