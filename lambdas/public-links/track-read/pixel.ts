import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A transparent image of one pixel. Every answer has it, so that no email shows a broken image. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Not cached: another request means that the email was opened again. */
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };

export const pixel = (status: 200 | 404 | 500): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'image/gif', ...HEADERS },
  body: GIF,
  isBase64Encoded: true,
});

/**
 * Redirects to another token of the same route, by a relative URL.
 * @param place the path before the token, for a URL with more segments after it, where a relative URL would not resolve
 */
export const redirectTo = (token: string, place = ''): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 302,
  headers: { location: `${place}${token}.gif`, ...HEADERS },
});
