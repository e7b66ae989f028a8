import type { ParameterSchemas } from './contract.ts';
import { type Checked, checkNamed } from './named.ts';
import { type Reading, readParameter } from './parameter.ts';

/** The body as API Gateway hands it over. */
type Carrier = Readonly<{ body?: string | undefined; isBase64Encoded: boolean }>;

/** Checks the body: a JSON object with the fields that the contract names. No body at all is an empty object. */
export const checkBody = (schemas: ParameterSchemas, carrier: Carrier): Checked => {
  const fields = parse(carrier);
  if (fields === undefined) {
    return { values: {}, errors: [{ parameter: 'body', message: 'must be a JSON object in UTF-8' }] };
  }
  return checkNamed<unknown>(schemas, Object.entries(fields), { whole: 'body', called: 'field of the body', read });
};

const read = (schema: ParameterSchemas[string], given: unknown): Reading =>
  typeof given === 'string'
    ? readParameter(schema, given)
    : { wrong: 'must be text; leave it out where there is none' };

const parse = ({ body = '', isBase64Encoded }: Carrier): object | undefined => {
  try {
    const text = isBase64Encoded ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64')) : body;
    const parsed: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};
