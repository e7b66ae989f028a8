import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { listen } from '../../../local/http/server.ts';
import { servedApi } from '../served-api.ts';

const api = servedApi();

describe('the response', () => {
  it('is the function’s', async () => {
    api.answer = () => ({
      statusCode: 201,
      headers: { 'X-Number': 7, 'Content-Type': 'application/problem+json' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('héllo').toString('base64'),
      isBase64Encoded: true,
    });
    const answered = await api.get('/');

    expect([answered.status, await answered.text()]).toEqual([201, 'héllo']);
    expect(Object.fromEntries(answered.headers)).toMatchObject({
      'x-number': '7',
      'content-type': 'application/problem+json',
    });
    expect(answered.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('is JSON with 200 if the function returns no status', async () => {
    api.answer = () => ({ plain: true });
    const answered = await api.get('/');

    expect([answered.status, answered.headers.get('content-type'), await answered.json()]).toEqual([
      200,
      'application/json',
      { plain: true },
    ]);
  });

  it.each([
    [
      'fails',
      () => {
        throw new FunctionError('TypeError', 'secret');
      },
    ],
    ['returns an invalid response', () => ({ statusCode: 'many' })],
  ])('is a fixed 500 if the function %s', async (_name, behave) => {
    api.answer = behave;
    const answered = await api.get('/');

    expect([answered.status, await answered.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(answered.headers.get('apigw-requestid')).toBeTruthy();
  });

  it('is 503 until the stack has started', async () => {
    const early = await listen(0);
    const answered = await fetch(early.url);
    await early.close();

    expect(answered.status).toBe(503);
  });
});

describe('the port', () => {
  it('is on 127.0.0.1 only', async () => {
    const elsewhere = fetch(`http://[::1]:${api.port}/`);

    await expect(elsewhere).rejects.toThrow();
  });

  it('is named if it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };

    await expect(listen(port)).rejects.toThrow(`port ${port} is taken`);
    other.close();
  });
});
