import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressInPath } from '../../client/index.ts';
import { readAddress } from '../../lambdas/http/address-in-path.ts';
import { answering, json } from './responses.ts';

const ok = () => json({});
/** A path parameter as a function gets it: API Gateway decodes the path twice, and cuts it at a `?`. */
const throughApiGateway = (part: string) => {
  const [path = ''] = decodeURIComponent(part).split('?');
  return decodeURIComponent(path);
};

describe('an address in a path', () => {
  it.each([
    ['ann@example.com', 'ann%40example.com'],
    ['ann+club@example.com', 'ann%2Bclub%40example.com'],
    ['who?@example.com', '~d2hvP0BleGFtcGxlLmNvbQ'],
    ['a/b@example.com', '~YS9iQGV4YW1wbGUuY29t'],
    ['50%25@example.com', '~NTAlMjVAZXhhbXBsZS5jb20'],
    ['jörg@exämple.com', '~asO2cmdAZXjDpG1wbGUuY29t'],
    ['~YW5u@example.com', '~fllXNXVAZXhhbXBsZS5jb20'],
  ])('%s is %s', (address, part) => {
    expect(addressInPath(address)).toBe(part);
  });

  it('arrives unchanged, whatever its characters', () => {
    const letter = fc.constantFrom(...'aZ09._-+', ...'/?%&#=~!*\'"()<> ', 'ö', '漢', '😀', '%2F', '%25', '..');
    const local = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join(''));

    fc.assert(
      fc.property(local, (name) => {
        const address = `${name}@example.com`;
        const part = addressInPath(address);

        expect(new URL(`/v1/recipients/${part}`, 'https://api.example').pathname).toBe(`/v1/recipients/${part}`);
        expect(readAddress(throughApiGateway(part))).toEqual(readAddress(address));
      }),
    );
  });

  it('has no characters whose encoding a signature would depend on', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(addressInPath(address)).toMatch(/^([\w.-]|%2B|%40)+$|^~[\w-]+$/);
      }),
    );
  });
});

describe('a request', () => {
  it('has the path of the route, its parameters and its body', async () => {
    const { mailtrail, requests } = answering(ok);
    await mailtrail.GET('/v1/messages/{messageId}/recipients/{email}', {
      params: { path: { messageId: 'a/b', email: 'ann@example.com' }, query: { vocabulary: 'tipimail' } },
    });
    await mailtrail.PUT('/v1/suppressions/{email}', {
      params: { path: { email: 'ann@example.com' } },
      body: { note: 'x' },
    });
    await mailtrail.DELETE('/v1/suppressions/{email}', { params: { path: { email: 'a/b@example.com' } } });
    await mailtrail.GET('/v1/messages', { params: { query: { from: '2026-11-24T10:00:00+01:00' } } });

    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://api.example/v1/messages/a%2Fb/recipients/ann%40example.com?vocabulary=tipimail',
      'PUT https://api.example/v1/suppressions/ann%40example.com',
      'DELETE https://api.example/v1/suppressions/~YS9iQGV4YW1wbGUuY29t',
      'GET https://api.example/v1/messages?from=2026-11-24T10%3A00%3A00%2B01%3A00',
    ]);
    expect(requests[1]?.headers.get('content-type')).toBe('application/json');
    expect(await requests[1]?.json()).toEqual({ note: 'x' });
  });

  // `DELETE /v1/suppressions/..` would be sent as DELETE /v1/.
  it.each(['', '.', '..'])('is not sent if a segment of its path would be "%s"', async (messageId) => {
    const { mailtrail, requests } = answering(ok);

    await expect(mailtrail.GET('/v1/messages/{messageId}', { params: { path: { messageId } } })).rejects.toThrow(
      new TypeError('messageId is a part of a path, and must be neither empty nor dots'),
    );
    expect(requests).toEqual([]);
  });

  it('is aborted by its signal', async () => {
    const { mailtrail } = answering(async ({ signal }) => {
      signal.throwIfAborted();
      return ok();
    });

    await expect(mailtrail.GET('/v1/health', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});

describe('the token', () => {
  it('is sent with every request', async () => {
    const { mailtrail, requests } = answering(ok, { token: 'abc' });
    await mailtrail.GET('/v1/health');

    expect(requests[0]?.headers.get('authorization')).toBe('Bearer abc');
  });

  it('is requested before each request, if it is a function', async () => {
    let number = 0;
    const { mailtrail, requests } = answering(ok, { token: async () => `token-${++number}` });
    await mailtrail.GET('/v1/health');
    await mailtrail.GET('/v1/health');

    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is left out if there is none', async () => {
    const { mailtrail, requests } = answering(ok);
    await mailtrail.GET('/v1/health');

    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });
});
