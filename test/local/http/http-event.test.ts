import { describe, expect, it } from 'vitest';
import { servedApi } from '../served-api.ts';

const api = servedApi();

describe('the event', () => {
  it('is payload format 2.0', async () => {
    const headers = { 'X-Mixed-Case': 'Yes', cookie: 'a=1; b=2', 'user-agent': 'test' };
    const answered = await api.get('/v1/messages/m?b=2&a=1&a=x%20y+z', { headers });

    expect(api.event).toMatchObject({
      version: '2.0',
      rawPath: '/v1/messages/m',
      rawQueryString: 'b=2&a=1&a=x%20y+z',
      queryStringParameters: { a: '1,x y z', b: '2' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-mixed-case': 'Yes', host: api.url.slice('http://'.length) },
      isBase64Encoded: false,
      requestContext: {
        stage: '$default',
        http: { method: 'GET', path: '/v1/messages/m', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: answered.headers.get('apigw-requestid'),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
        authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:user/local' } },
      },
    });
    expect(Object.keys(api.event)).not.toContain('body');
  });

  it('leaves out what the request does not have', async () => {
    await api.get('/');

    for (const name of ['queryStringParameters', 'pathParameters', 'cookies', 'body'])
      expect(api.event).not.toHaveProperty(name);
    expect(api.event.rawQueryString).toBe('');
  });

  it('has a text body as text, and any other as base64', async () => {
    const put = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      api.get('/v1/suppressions/a', { method: 'PUT', body, headers: { 'content-type': type } });
    await put('{"note":"é"}', 'application/json; charset=utf-8');
    expect([api.event.body, api.event.isBase64Encoded]).toEqual(['{"note":"é"}', false]);
    await put(new Uint8Array([0, 255]), 'application/octet-stream');
    expect([api.event.body, api.event.isBase64Encoded]).toEqual(['AP8=', true]);
  });

  it('is not created for a body over 10 MB', async () => {
    const answered = await api.get('/v1/suppressions/a', { method: 'PUT', body: 'x'.repeat(10 * 1_048_576 + 1) });

    expect([answered.status, await answered.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(api.event).toBeUndefined();
  });
});
