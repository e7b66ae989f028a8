import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from '../../lambdas/domain/status/history.ts';
import { readToken } from '../../lambdas/public-links/token.ts';
import { createHandler } from '../../lambdas/public-links/track-read/handler.ts';
import { MOST_EVENTS } from '../../lambdas/store/emails/fact-update.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { linkFactRecorder } from '../../lambdas/store/emails/record-link-fact.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';
import { ANN, linkRequest, SECRET, tokenOf, wrongTokens } from './links.ts';

const START = Date.parse('2026-11-24T10:00:00.000Z');
const [GET, HEAD] = ['GET /r/{token}', 'HEAD /r/{token}'] as const;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** User agents as in access logs. */
const GMAIL = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const YAHOO = 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html';

describe.each(engines())('the pixel of an email on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const { logger, said } = silent();
  let people = 0;
  let clock = 0;
  let claims: { messageId: string; recipient: string; category?: string };
  let waited: number[];
  beforeEach(() => {
    claims = { ...ANN, messageId: `r${people++}` };
    waited = [];
  });

  const ask = async (token: string, { route = GET as string, agent = FIREFOX as string | undefined } = {}) => {
    const handler = createHandler({
      secret: async () => SECRET,
      emails: linkFactRecorder(documents, tables.emailStatus),
      wait: async (milliseconds) => waited.push(milliseconds),
      now: () => new Date(START + clock++ * 1_000).toISOString(),
      logger,
    });
    const answer = await handler(
      linkRequest(route, token, { headers: agent === undefined ? {} : { 'user-agent': agent } }),
    );
    expect(violations(route, answer as never)).toEqual([]);
    const { statusCode: status, headers = {}, body = '' } = answer;
    return { status, location: headers.location as string | undefined, body, headers };
  };
  const isSent = (opens = 0) =>
    factRecorder(
      documents,
      tables.emailStatus,
    )({
      ...{ messageId: claims.messageId, recipient: claims.recipient.toLowerCase(), spellings: [] },
      ...{ movesStatus: true, description: {}, arrivedAt: '2026-12-01T00:00:00.000Z' },
      facts: [
        { kind: 'delivered', at: '2026-11-24T09:00:00.000Z', details: {} },
        ...Array.from({ length: opens }, (_, index) => {
          const at = new Date(START - 600_000 + index * 1_000).toISOString();
          return { kind: 'opened' as const, at, details: {} };
        }),
      ],
    });
  const row = async () => {
    const Key = { messageId: claims.messageId, recipient: claims.recipient.toLowerCase() };
    return (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key, ConsistentRead: true }))).Item;
  };
  const reads = async () =>
    readHistory([...((await row())?.events ?? [])]).facts.filter(({ kind }) => kind === 'read').length;
  const GIF = /^R0lGOD/;

  it('delays the answer to the first token by more than five seconds, and records nothing yet', async () => {
    await isSent();
    const { status, location = '' } = await ask(tokenOf('open', claims));

    expect([status, waited]).toEqual([302, [5_500]]);
    // Relative to the first token.
    expect(new URL(location, 'https://club.example/stage/r/first.gif').pathname).toBe(`/stage/r/${location}`);
    expect(readToken(SECRET, 'read', location.replace(/\.gif$/, ''))).toEqual(claims);
    expect(await reads()).toBe(0);
  });

  it('records that it was read when the second token is requested, at once', async () => {
    await isSent();
    const { location = '' } = await ask(`${tokenOf('open', claims)}.gif`);
    waited = [];
    const { status, body, headers } = await ask(location);

    expect([status, body.match(GIF)?.length, waited]).toEqual([200, 1, []]);
    expect(headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' });
    expect(await row()).toMatchObject({ status: 'read', rank: 310 });
    await ask(tokenOf('read', claims));
    expect(await reads()).toBe(2);
  });

  it.each([
    ["Gmail's proxy", GMAIL],
    ["Yahoo's proxy", YAHOO],
    ["Apple's proxy", 'Mozilla/5.0'],
  ])('answers %s with the image at once, for either token, and records nothing', async (_, agent) => {
    await isSent();
    for (const kind of ['open', 'read'] as const) {
      const { status, body } = await ask(tokenOf(kind, claims), { agent });
      expect([status, body.match(GIF)?.length]).toEqual([200, 1]);
    }

    expect([waited, await reads()]).toEqual([[], 0]);
  });

  it.each([undefined, 'Mozilla/5.0 ', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)'])(
    'takes the agent %s for a person’s',
    async (agent) => {
      expect((await ask(tokenOf('open', claims), { agent })).status).toBe(302);
    },
  );

  it('answers HEAD at once, without the image, and records nothing', async () => {
    await isSent();
    for (const kind of ['open', 'read'] as const) {
      expect(await ask(tokenOf(kind, claims), { route: HEAD })).toMatchObject({ status: 200, body: '' });
    }

    expect([waited, await reads()]).toEqual([[], 0]);
  });

  it('answers every invalid token with the image and 404, at once, and has no effect', async () => {
    await isSent();
    const sent = requests.length;
    const answers = new Set<string>();
    for (const kind of ['open', 'read'] as const) {
      const wrong = [...wrongTokens(tokenOf(kind, claims)), tokenOf('unsubscribe', claims), '.gif', 'x.gif'];
      for (const token of wrong) answers.add(JSON.stringify(await ask(token)));
    }

    expect([...answers].map((answer) => JSON.parse(answer))).toMatchObject([
      { status: 404, body: expect.stringMatching(GIF) },
    ]);
    expect([waited, requests.length]).toEqual([[], sent]);
  });

  it('does not restore a deleted email', async () => {
    expect((await ask(tokenOf('read', claims))).status).toBe(200);
    expect(await row()).toBeUndefined();
  });

  it('is limited in the history like opens, but the first is always kept', async () => {
    await isSent(MOST_EVENTS);
    for (let time = 0; time < 3; time++) await ask(tokenOf('read', claims));

    expect(await reads()).toBe(1);
    expect(await row()).toMatchObject({ status: 'read', moreEngagement: true });
    expect((await row())?.events.size).toBeLessThanOrEqual(MOST_EVENTS + 2);
  });

  it.each(['before it was taken', 'after it was taken'] as const)(
    'says 500 when the write fails %s, with the picture and without an address in the log',
    async (moment) => {
      await isSent();
      said.length = 0;
      failing(0, moment);
      const { status, body } = await ask(tokenOf('read', claims));
      failing(undefined);

      expect([status, body.match(GIF)?.length]).toEqual([500, 1]);
      expect(said).toEqual([['request failed', { error: 'Error', requestId: 'request-1' }]]);
    },
  );
});
