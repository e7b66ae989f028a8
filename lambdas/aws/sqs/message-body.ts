import { isObject } from '../../domain/values/json.ts';

/** The fields of a message of a queue; none where it is no object. Without the parser's words, which quote the body. */
export const fieldsOf = (body: string): Readonly<Record<string, unknown>> => {
  try {
    const fields: unknown = JSON.parse(body);
    return isObject(fields) ? fields : {};
  } catch {
    return {};
  }
};
