import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };

type Json = Readonly<Record<string, unknown>>;
type Response = Readonly<{ content?: Json; headers?: Json; required?: boolean }>;

/** A response as API Gateway accepts it from the function. */
export type Result = Readonly<{ statusCode?: number; headers?: object; body?: string }>;

// Ignores OpenAPI keywords that have no meaning in JSON Schema (example, in, ...).
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { 'mailtrail-address': true, 'mailtrail-address-as-is': true, 'mailtrail-cursor': true },
});
addFormats.default(ajv);
ajv.addSchema(openapi, 'openapi.json');
const compiled = new Map<string, ValidateFunction>();

/** The documented response of an operation for a status or, without an operation, a response of components. */
export const responseOf = (where: string, status: number): [pointer: string, response: Response] | undefined => {
  const [method = '', path = ''] = where.split(' ');
  const operation = at(`#/paths/${toStep(path)}/${method.toLowerCase()}`);
  if (operation === undefined) {
    const pointer = `#/components/responses/${status === 405 ? 'MethodNotAllowed' : 'NoRoute'}`;
    return [pointer, at(pointer) as Response];
  }
  return resolve(`#/paths/${toStep(path)}/${method.toLowerCase()}/responses/${status}`);
};

/** How a response violates the contract; ideally empty. */
export const violations = (where: string, { statusCode = 0, headers = {}, body = '' }: Result): readonly string[] => {
  const [pointer, response] = responseOf(where, statusCode) ?? [];
  if (pointer === undefined || response === undefined)
    return [`${where} responds with ${statusCode}, which is not documented`];
  const { 'content-type': contentType = '', ...others } = headers as Record<string, string>;
  const [type = ''] = contentType.split(';');
  // A redirect has no content.
  if (type === '' ? response.content !== undefined : !(type in (response.content ?? {})))
    return [`${where} responds with ${statusCode} as ${type}, which is not documented`];
  const documented = response.headers ?? {};
  return [
    ...(type === ''
      ? []
      : problemsOf(`${pointer}/content/${toStep(type)}/schema`, type.endsWith('json') ? JSON.parse(body) : body)),
    ...Object.keys(others).flatMap((name) => (name in documented ? [] : [`header ${name} is not documented`])),
    ...Object.keys(documented).flatMap((name) => {
      const [header, { required = false } = {}] = resolve(`${pointer}/headers/${toStep(name)}`) ?? [];
      if (!(name in others)) return required ? [`header ${name} is missing`] : [];
      return problemsOf(`${header}/schema`, others[name]);
    }),
  ];
};

/** The schema violations of a value, by the schema at a pointer of the document. */
export const problemsOf = (pointer: string, value: unknown): readonly string[] => {
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi.json${pointer}` });
  compiled.set(pointer, validate);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

/** Every object of the document, with its pointer. */
export const everyObject = (value: unknown = openapi, pointer = '#'): readonly [string, Json][] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        [pointer, value as Json],
        ...Object.entries(value).flatMap(([name, inner]) => everyObject(inner, `${pointer}/${toStep(name)}`)),
      ];

/** The value at a pointer; `undefined` if there is none. */
export const at = (pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => (value as Json | undefined)?.[fromStep(step)], openapi);

/** The pointer, with references followed, and the value there. */
const resolve = (pointer: string): [string, Response] | undefined => {
  const found = at(pointer) as (Response & { $ref?: string }) | undefined;
  return found === undefined ? undefined : found.$ref === undefined ? [pointer, found] : resolve(found.$ref);
};

const toStep = (step: string): string =>
  encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%24', '$');
const fromStep = (step: string): string => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
