import { request } from 'node:http';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeToken, type TokenKind } from '../../lambdas/public-links/token.ts';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

/** What follows a link in the requested path, as browsers and mail programs send it. */
const TAILS = [
  ...['', '.', ',', ';', ':', '!', ')', ']', '*', '_', "'", '/', '//', '/.', '/index.html'],
  ...[
    '%3E',
    '%3e',
    '%22',
    '%22%3E',
    '%E2%80%9D',
    '%29.',
    '%2C',
    '%2F',
    '%5D',
    '&gt;',
    '&amp;utm_source=x',
    '&utm_source=x',
  ],
  ...[
    '?utm_source=x',
    '?utm_source=x&amp;utm_medium=y',
    '%3Futm_source=x',
    '=',
    '%3D%0D%0A',
    '%20and',
    '%C2%A0',
    '.gif',
    '.gif)',
    '.gif/',
  ],
];

describe.each(engines().slice(0, 1))('a link with text appended, live on $name', ({ kind: engine }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  let secret: string;
  beforeAll(async () => {
    local = await aStack(engine);
    const [{ arn = '' } = {}] = local.stack.blueprint.secrets;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new SecretsManagerClient({ endpoint: local.stack.url, region: 'eu-west-1', credentials });
    secret = (await client.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString ?? '';
    client.destroy();
  });
  afterAll(() => local?.stack.stop());

  const claims = { messageId: 'm1', recipient: 'ann@example.com', category: 'news' };
  const token = (kind: TokenKind) => makeToken(secret, { kind, ...claims });
  /** Not with fetch, which would normalize the path. */
  const ask = (method: string, path: string) =>
    new Promise<{ status: number | undefined; location: string | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(local.stack.url);
      request({ hostname, port, method, path }, (answer) => {
        answer.resume().on('end', () => resolve({ status: answer.statusCode, location: answer.headers.location }));
      })
        .on('error', reject)
        .end();
    });

  it.each(TAILS)('is accepted with %j appended', async (tail) => {
    const path = `/u/${token('unsubscribe')}${tail}`;

    expect([(await ask('GET', path)).status, (await ask('HEAD', path)).status]).toEqual([200, 200]);
    expect((await ask('POST', path)).status).toBe(200);
    expect((await ask('HEAD', `/r/${token('open')}${tail}`)).status).toBe(200);
    expect((await ask('GET', `/r/${token('read')}${tail}`)).status).toBe(200);
  });

  it('is not another link: cut, lengthened or altered it is 404', async () => {
    const whole = token('unsubscribe');
    for (const wrong of [
      whole.slice(0, -1),
      `${whole}A`,
      `${whole.slice(0, -1)}.`,
      `A${whole}`,
      'x',
      `${whole.slice(0, -1)}/`,
    ]) {
      expect([wrong, (await ask('GET', `/u/${wrong}`)).status]).toEqual([wrong, 404]);
    }
    expect((await ask('GET', `/u/${token('open')}.`)).status).toBe(404);
  });

  it('of a pixel redirects to the second one, whatever path it appears under', async () => {
    const [plain, deeper] = await Promise.all(
      ['.gif', '.gif/'].map((tail) => ask('GET', `/r/${token('open')}${tail}`)),
    );
    const second = `${token('read')}.gif`;

    expect([plain, deeper]).toEqual([
      { status: 302, location: second },
      { status: 302, location: `/r/${second}` },
    ]);
  }, 20_000);
});
