import type { AnyValue, FieldSchema, FieldSchemas, OwnFormats, ParameterSchema } from './contract.ts';
import { type Checked, checkNamed } from './named.ts';
import { below, type Reading, readParameter } from './parameter.ts';
import type { ParameterError } from './problem.ts';

/** The body as API Gateway hands it over. */
type Carrier = Readonly<{ body?: string | undefined; isBase64Encoded: boolean }>;

/** Checks the body: a JSON object with the fields that the contract names. No body at all is an empty object. */
export const checkBody = (schemas: FieldSchemas, carrier: Carrier, own?: OwnFormats): Checked => {
  const wrong = (message: string): Checked => ({ values: {}, errors: [{ parameter: 'body', message }] });
  // Measured before anything of it is read; base64 is a third longer than what it stands for.
  if ((carrier.body?.length ?? 0) > (carrier.isBase64Encoded ? (LONGEST * 4) / 3 : LONGEST)) {
    return wrong('must have at most 6 MB');
  }
  const fields = parse(carrier);
  return isObject(fields)
    ? checkFields(schemas, fields, { whole: 'body', called: 'field of the body' }, own)
    : wrong('must be a JSON object in UTF-8');
};

/** What Lambda takes with a request (Lambda guide, gettingstarted-limits). */
const LONGEST = 6 * 1024 * 1024;

type Named = Readonly<{ whole: string; called: string }>;

const checkFields = (schemas: FieldSchemas, fields: object, named: Named, own: OwnFormats | undefined): Checked =>
  checkNamed<unknown, FieldSchema>(
    schemas,
    // Many programs write what they have no value for as null.
    Object.entries(fields).filter(([name, value]) => value !== null || !Object.hasOwn(schemas, name)),
    { ...named, read: (schema, given) => read(schema, given, own) },
  );

const read = (schema: FieldSchema, given: unknown, own: OwnFormats | undefined): Reading => {
  switch (schema.type) {
    case 'array':
      return readList(schema, given, own);
    case 'object':
      return isObject(given)
        ? within(checkFields(schema.properties, given, INSIDE, own))
        : { wrong: 'must be an object' };
    case 'map':
      if (own === undefined) throw new Error('nobody here can read a map');
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

const readList = (
  { items, minItems, maxItems, rows }: FieldSchema & { type: 'array' },
  given: unknown,
  own: OwnFormats | undefined,
): Reading => {
  if (!Array.isArray(given) || given.length < minItems || given.length > maxItems) {
    return { wrong: `must be a list of ${minItems} to ${maxItems}` };
  }
  const values: AnyValue[] = [];
  const inside: ParameterError[] = [];
  for (const [index, one] of given.entries()) {
    const reading = read(items, one, own);
    if (rows) values.push('value' in reading ? reading : { wrong: below('', reading), given: one });
    else if ('value' in reading) values.push(reading.value);
    else inside.push(...below(`[${index}]`, reading));
  }
  return inside.length > 0 ? { inside } : { value: values };
};

const within = ({ values, errors }: Checked): Reading =>
  errors.length === 0
    ? { value: values }
    : { inside: errors.map(({ parameter, message }) => ({ parameter: parameter && `.${parameter}`, message })) };

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = ({ body = '', isBase64Encoded }: Carrier): unknown => {
  try {
    const text = isBase64Encoded ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64')) : body;
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
};
