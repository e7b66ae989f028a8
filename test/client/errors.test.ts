import { describe, expect, it } from 'vitest';
import { MailtrailError } from '../../client/index.ts';
import { answering, json } from './responses.ts';

const NOT_FOUND = {
  type: 'urn:mailtrail:problem:not-found',
  title: 'Not found',
  status: 404,
  detail: 'No message has this id.',
};
const failing = async (answer: () => Response | Promise<Response>) => {
  const { mailtrail, requests } = answering(answer);
  const path = { messageId: 'm1', email: 'ann@example.com' };
  const error = await mailtrail
    .GET('/v1/messages/{messageId}/recipients/{email}', { params: { path } })
    .catch((thrown: unknown) => thrown);
  return { error: error as MailtrailError, requests };
};

describe('an error response', () => {
  it('is thrown with Mailtrail’s problem details', async () => {
    const { error } = await failing(() => json(NOT_FOUND, 404, { 'x-request-id': 'r1' }));

    expect(error).toBeInstanceOf(MailtrailError);
    expect(error).toMatchObject({ name: 'MailtrailError', status: 404, problem: NOT_FOUND, requestId: 'r1' });
  });

  it('names the route, the status and the request, and no address', async () => {
    const { error } = await failing(() => json(NOT_FOUND, 404, { 'x-request-id': 'r1' }));

    expect(error.message).toBe(
      'GET /v1/messages/{messageId}/recipients/{email} responded with 404 Not found (request r1)',
    );
    expect(`${error.stack}`).not.toContain('ann');
  });

  it.each([
    ['its own JSON', () => json({ message: 'Forbidden' }, 403, { 'apigw-requestid': 'r2' })],
    ['a page of some proxy', () => new Response('<html>', { status: 403, headers: { 'apigw-requestid': 'r2' } })],
    ['nothing', () => new Response(null, { status: 403, headers: { 'apigw-requestid': 'r2', 'content-length': '0' } })],
  ])('is thrown without a problem if API Gateway responds with %s', async (_name, answer) => {
    const { error } = await failing(answer);

    expect(error).toMatchObject({ status: 403, problem: undefined, requestId: 'r2' });
    expect(error.message).toMatch(/responded with 403 \(request r2\)$/);
  });

  it('is not retried', async () => {
    const { error, requests } = await failing(() => json({ message: 'Too Many Requests' }, 429));

    expect([error.status, error.requestId, requests.length]).toEqual([429, undefined, 1]);
  });
});

describe('a missing response', () => {
  it('is thrown as the error of fetch, and not retried', async () => {
    const failure = new TypeError('fetch failed');
    const { error, requests } = await failing(() => Promise.reject(failure));

    expect(error).toBe(failure);
    expect(requests).toHaveLength(1);
  });
});
