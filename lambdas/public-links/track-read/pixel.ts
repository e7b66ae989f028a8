import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A transparent picture of one pixel: what every answer shows, so that no email ever has a broken picture in it. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Nobody may keep it: who asks again opened the email again. */
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };

export const pixel = (status: 200 | 404 | 500): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'image/gif', ...HEADERS },
  body: GIF,
  isBase64Encoded: true,
});

/**
 * Leads on to another token of the same route, wherever the route is.
 * @param place what comes before the token, for a link that goes on behind its own: it has no sibling where it seems to be
 */
export const leadOn = (token: string, place = ''): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 302,
  headers: { location: `${place}${token}.gif`, ...HEADERS },
});
