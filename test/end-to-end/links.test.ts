import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Claims, makeToken, type TokenKind } from '../../lambdas/public-links/token.ts';
import { engines } from '../support/engine.ts';
import { clickEvent, complaintEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const ANN = 'ann@example.com';
const mail = (messageId: string, address = ANN) => ({
  ...{ messageId, destination: [address] },
  tags: { campaign: ['october'], category: ['news'] },
});
const claims = (messageId: string, recipient = ANN): Claims => ({ messageId, recipient, category: 'news' });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe.each(engines())('links in emails, live on $name', ({ kind: engine }) => {
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

  const link = (kind: TokenKind, of: Claims) =>
    `/${kind === 'unsubscribe' ? 'u' : 'r'}/${makeToken(secret, { kind, ...of })}`;
  const arrive = async (...messages: readonly ReturnType<typeof mail>[]) => {
    await local.publish(...messages.flatMap((one) => [sendEvent(one), deliveryEvent(one)]));
    await local.settle();
  };
  const follow = (path: string, init: RequestInit = {}) =>
    fetch(`${local.stack.url}${path}`, { redirect: 'manual', ...init });

  it('show a page with a button that unsubscribes from the category: status unsubscribed', async () => {
    await arrive(mail('m1'), mail('m2'));
    const path = link('unsubscribe', claims('m1'));
    const page = await follow(path);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('value="category"');
    expect((await follow(path, { method: 'HEAD' })).status).toBe(200);
    expect((await local.email('m1', ANN)).status).toBe('delivered');

    const left = await follow(path, { method: 'POST', headers: FORM, body: 'leave=category' });
    expect([left.status, await left.text()]).toEqual([
      200,
      expect.stringContaining('Emails of the kind “news” have been stopped'),
    ]);
    expect(await local.email('m1', ANN)).toMatchObject({
      status: 'unsubscribed',
      events: expect.arrayContaining([
        expect.objectContaining({ kind: 'unsubscribed', topics: 'news', via: 'UnsubscribePage' }),
      ]),
    });
    expect((await local.email('m2', ANN)).status).toBe('delivered');
    expect(await local.suppression(ANN)).toMatchObject({ reason: 'unsubscribe', categories: ['news'] });
    const check = async (category: string) => {
      const checked = local.mailtrail.POST('/v1/suppressions/check', { body: { addresses: [ANN], category } });
      return (await checked).data.items[0]?.suppression;
    };
    expect(await check('news')).toMatchObject({ reason: 'unsubscribe' });
    expect(await check('statement')).toBeNull();
  });

  it('unsubscribe by a mail program’s one click, as a form of either kind', async () => {
    await arrive(mail('m3', 'bo@example.net'), mail('m4', 'cy@example.net'));
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    for (const [id, address, init] of [
      ['m3', 'bo@example.net', { headers: FORM, body: 'List-Unsubscribe=One-Click' }],
      ['m4', 'cy@example.net', { body }],
    ] as const) {
      const answer = await follow(link('unsubscribe', claims(id, address)), { method: 'POST', ...init });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
      expect((await local.email(id, address)).status).toBe('unsubscribed');
    }
    await local.settle();
    expect((await local.campaign('october')).counts).toMatchObject({ unsubscribed: 3 });
  });

  it('are undone by staff, including the category', async () => {
    const params = { path: { email: ANN }, query: { unsubscribe: true } };
    const { data } = await local.mailtrail.DELETE('/v1/suppressions/{email}', { params });

    expect(data.ended).toMatchObject([{ cause: 'unsubscribe', categories: ['news'] }]);
    await expect(local.suppression(ANN)).rejects.toMatchObject({ status: 404 });
    expect((await local.email('m1', ANN)).status).toBe('unsubscribed');
  });

  it('mark an email as read if it is kept open for more than five seconds: status read', async () => {
    await arrive(mail('m5'));
    const before = performance.now();
    const first = await follow(`${link('open', claims('m5'))}.gif`);
    expect([first.status, performance.now() - before > 5_000]).toEqual([302, true]);
    expect((await local.email('m5', ANN)).status).toBe('delivered');

    const second = await fetch(new URL(first.headers.get('location') ?? '', first.url));
    expect([second.status, second.headers.get('content-type'), second.headers.get('cache-control')]).toEqual([
      ...[200, 'image/gif', 'no-store'],
    ]);
    expect(
      Buffer.from(await second.arrayBuffer())
        .subarray(0, 6)
        .toString(),
    ).toBe('GIF89a');
    expect(await local.email('m5', ANN)).toMatchObject({ status: 'read', label: 'Read' });
    expect((await local.email('m5', ANN, 'tipimail')).label).toBe('Read');
    // A click ranks above a read, an open below.
    await local.publish(openEvent(mail('m5')));
    await local.settle();
    expect((await local.email('m5', ANN)).status).toBe('read');
    await local.publish(clickEvent(mail('m5')));
    await local.settle();
    expect((await local.email('m5', ANN)).status).toBe('clicked');
  });

  it('report no read for a proxy', async () => {
    await arrive(mail('m6'));
    const before = performance.now();
    const proxy = { headers: { 'user-agent': 'Mozilla/5.0' } };
    for (const kind of ['open', 'read'] as const) {
      expect((await follow(link(kind, claims('m6')), proxy)).status).toBe(200);
    }
    expect(performance.now() - before).toBeLessThan(5_000);
    expect((await local.email('m6', ANN)).status).toBe('delivered');
  });

  it('do nothing if they are forged, of another kind, or cut', async () => {
    await arrive(mail('m7'));
    const good = link('unsubscribe', claims('m7'));
    const forged = `/u/${makeToken('guessed', { kind: 'unsubscribe', ...claims('m7') })}`;
    const bad = [good.slice(0, -1), `${good}A`, forged, link('read', claims('m7')).replace('/r/', '/u/'), '/u/x'];
    const pages = new Set<string>();
    for (const path of bad) {
      const answer = await follow(path, { method: 'POST', headers: FORM, body: 'leave=everything' });
      expect([path, answer.status]).toEqual([path, 404]);
      pages.add(await answer.text());
    }
    expect(pages.size).toBe(1);
    expect((await follow(good.replace('/u/', '/r/'))).status).toBe(404);
    expect((await local.email('m7', ANN)).status).toBe('delivered');
  });

  it('stay valid after the person’s erasure, and restore nothing', async () => {
    const erase = { params: { path: { email: 'cy@example.net' }, query: { suppression: 'erase' } } } as const;
    await local.mailtrail.DELETE('/v1/recipients/{email}', erase);
    await local.settle();
    expect((await follow(link('read', claims('m4', 'cy@example.net')))).status).toBe(200);
    const answer = await follow(link('unsubscribe', claims('m4', 'cy@example.net')), { method: 'POST' });

    expect(answer.status).toBe(200);
    await expect(local.email('m4', 'cy@example.net')).rejects.toMatchObject({ status: 404 });
    // The opt-out after the erasure is a new one.
    expect(await local.suppression('cy@example.net')).toMatchObject({ reason: 'unsubscribe', categories: ['news'] });
  });

  it('leave room for later events from SES', async () => {
    await local.publish(complaintEvent(mail('m3', 'bo@example.net')));
    await local.settle();

    expect((await local.email('m3', 'bo@example.net')).status).toBe('complained');
  });

  it('leave no dead letter, and no address in a log', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
    for (const { line } of local.stack.log()) expect(line).not.toMatch(/[^\s"]@[^\s"]/);
  });
});
