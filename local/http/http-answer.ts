import { type Answer, json } from './exchange.ts';

/**
 * The response an HTTP API makes of a function's result: an object with a statusCode is the response, anything else is
 * sent as JSON with 200.
 *
 * @returns `undefined` if API Gateway would not accept the result as a response
 */
export const httpAnswer = (result: unknown): Answer | undefined => {
  if (typeof result === 'string') return { ...json(200, ''), body: result };
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return json(200, result ?? null);
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result as FunctionResponse;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof body !== 'string') return undefined;
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(lowerCase),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
};

type FunctionResponse = Readonly<{
  statusCode: unknown;
  headers?: Readonly<Record<string, unknown>>;
  cookies?: readonly string[];
  body?: unknown;
  isBase64Encoded?: boolean;
}>;
