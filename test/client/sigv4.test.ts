import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Credentials, sigV4 } from '../../client/sigv4.ts';
import { answering, json } from './responses.ts';
import { bodyHash, Sha256, signatureOf } from './signature.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const TIME = '20150830T123600Z';
const NOW = new Date('2015-08-30T12:36:00.000Z');
const SCOPE = '20150830/eu-west-1/execute-api';
const EMPTY = bodyHash('');

beforeAll(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

const signed = async (request: Request, credentials: Credentials = KEYS) => {
  const { headers } = await sigV4({ region: 'eu-west-1', credentials })(request);
  return headers.get('authorization');
};

describe('the calculation in these tests', () => {
  it('gives the signature of get-vanilla in AWS’s test suite', () => {
    const canonical = [
      'GET',
      '/',
      '',
      'host:example.amazonaws.com',
      `x-amz-date:${TIME}`,
      '',
      'host;x-amz-date',
      EMPTY,
    ];
    const key = { secret: KEYS.secretAccessKey, time: TIME, scope: '20150830/us-east-1/service' };

    expect(signatureOf(canonical, key)).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
  });
});

describe('a signature', () => {
  const key = { secret: KEYS.secretAccessKey, time: TIME, scope: SCOPE };

  it('covers the path encoded twice, and the query encoded once', async () => {
    const { mailtrail, requests } = answering(() => json({}), {
      sign: sigV4({ region: 'eu-west-1', credentials: KEYS }),
    });
    const path = { messageId: 'id:1', email: 'ann+club@example.com' };
    await mailtrail.GET('/v1/messages/{messageId}/recipients/{email}', { params: { path } });
    await mailtrail.GET('/v1/messages', {
      params: { query: { status: 'bounced*', from: '2026-11-24T10:00:00+01:00' } },
    });

    const rest = ['host:api.example', `x-amz-date:${TIME}`, '', 'host;x-amz-date', EMPTY];
    const canonical = [
      ['GET', '/v1/messages/id%253A1/recipients/ann%252Bclub%2540example.com', '', ...rest],
      ['GET', '/v1/messages', 'from=2026-11-24T10%3A00%3A00%2B01%3A00&status=bounced%2A', ...rest],
    ];
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(
      canonical.map(
        (request) =>
          `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${SCOPE}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signatureOf(request, key)}`,
      ),
    );
    // The path that is sent is encoded once.
    expect(requests[0]?.url).toBe('https://api.example/v1/messages/id%3A1/recipients/ann%2Bclub%40example.com');
  });

  it('covers the body and the session token, which are sent', async () => {
    const { mailtrail, requests } = answering(() => json({ items: [] }), {
      sign: sigV4({ region: 'eu-west-1', credentials: async () => ({ ...KEYS, sessionToken: 'session' }) }),
    });
    await mailtrail.POST('/v1/suppressions/check', { body: { addresses: ['jörg@example.com'] } });
    const [sent] = requests;

    const body = '{"addresses":["jörg@example.com"]}';
    const names = 'host;x-amz-date;x-amz-security-token';
    const headers = ['host:api.example', `x-amz-date:${TIME}`, 'x-amz-security-token:session'];
    const canonical = ['POST', '/v1/suppressions/check', '', ...headers, '', names, bodyHash(body)];
    expect(sent?.headers.get('authorization')).toContain(
      `SignedHeaders=${names}, Signature=${signatureOf(canonical, key)}`,
    );
    expect(sent?.headers.get('x-amz-security-token')).toBe('session');
    expect(await sent?.text()).toBe(body);
  });

  it('equals that of AWS’s own signer, whatever the path and the query', async () => {
    const theirs = new SignatureV4({ service: 'execute-api', region: 'eu-west-1', credentials: KEYS, sha256: Sha256 });
    const part = fc
      .array(fc.constantFrom(...'aZ0.-_~', ..." /?%&=+:;@!*'()", 'ö', '漢', '%2F'), { minLength: 1, maxLength: 6 })
      .map((letters) => encodeURIComponent(`x${letters.join('')}`));

    await fc.assert(
      fc.asyncProperty(part, part, async (path, value) => {
        const { headers } = await theirs.sign(
          {
            method: 'GET',
            protocol: 'https:',
            hostname: 'api.example',
            path: `/v1/messages/${path}`,
            query: { category: decodeURIComponent(value) },
            headers: { host: 'api.example' },
          },
          // It would sign an additional header, with the hash of the body.
          { signingDate: NOW, unsignableHeaders: new Set(['x-amz-content-sha256']) },
        );
        const ours = await signed(new Request(`https://api.example/v1/messages/${path}?category=${value}`));

        expect(ours).toBe(headers.authorization);
      }),
    );
  });

  it('uses the credentials at the time of the request', async () => {
    const keys = ['FIRST', 'SECOND'];
    const sign = sigV4({ region: 'eu-west-1', credentials: () => ({ ...KEYS, accessKeyId: keys.shift() ?? '' }) });
    const { mailtrail, requests } = answering(() => json({}), { sign });
    await mailtrail.GET('/v1/health');
    await mailtrail.GET('/v1/health');

    const used = requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.get('authorization') ?? '')?.[1]);
    expect(used).toEqual(['FIRST', 'SECOND']);
  });
});
