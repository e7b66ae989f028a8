import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent, clickEvent, sendEvent } from '../support/ses-events.ts';

const MESSAGE = 'GET /v1/messages/{messageId}';
const EMAIL = 'GET /v1/messages/{messageId}/recipients/{email}';
const ID = '0102019ab4c5e2ef-d94043fa-ca37-5cc8-b1c7-7797b34f927a-000000';

describe.each(engines())('the response for one email on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const message = (messageId: string, query = '') => api.ask(MESSAGE, { path: { messageId }, query });
  const email = (messageId: string, query = '') =>
    api.ask(EMAIL, { path: { messageId, email: 'ann@example.com' }, query });
  const to = (messageId: string) => ({ messageId, destination: ['ann@example.com'] });
  const second = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, seconds)).toISOString();

  it('marks a burst of clicks, and each click in it, as a probable scanner, and changes no status', async () => {
    await api.record(
      sendEvent(to('burst')),
      ...['a', 'b', 'c'].map((page) => clickEvent(to('burst'), `https://club.example/${page}`, second(10))),
      clickEvent(to('burst'), 'https://club.example/d', second(59)),
    );
    const { body } = await email('burst');
    const clicks = body.events.filter(({ kind }: { kind: string }) => kind === 'clicked');

    expect(body).toMatchObject({ status: 'clicked', clicks: 4, machineClicks: 0, probablyScanner: true });
    expect(clicks.map((click: { probablyScanner?: true }) => click.probablyScanner)).toEqual([
      true,
      true,
      true,
      undefined,
    ]);
    expect((await message('burst')).body.recipients[0]).toMatchObject({ probablyScanner: true });
  });

  it('shows links of older rows without their secrets, and counts their clicks by their times', async () => {
    await clientOf(endpoint).documents.send(
      new UpdateCommand({
        TableName: api.tables.emailStatus,
        Key: { messageId: 'old', recipient: 'ann@example.com' },
        UpdateExpression: 'SET #s = :s, #r = :r, statusAt = :at, createdAt = :at ADD events :events',
        ExpressionAttributeNames: { '#s': 'status', '#r': 'rank' },
        ExpressionAttributeValues: {
          ...{ ':s': 'clicked', ':r': 320, ':at': second(10) },
          ':events': new Set([
            `${second(10)} clicked link=https://club.example/reset?token=4f3a9c`,
            `${second(11)} clicked link=https://club.example/reset?token=4f3a9d`,
          ]),
        },
      }),
    );
    const { body } = await email('old');

    expect(body.clicks).toBe(2);
    expect(body.events.map(({ link }: { link: string }) => link)).toEqual([
      'https://club.example/reset?token=…',
      'https://club.example/reset?token=…',
    ]);
    // A line that two versions wrote for the same click is one click.
    await api.record(clickEvent(to('old'), 'https://club.example/reset?token=4f3a9c', second(10)));
    expect((await email('old')).body).toMatchObject({ clicks: 2, status: 'clicked' });
  });

  it.each([
    ['5.7.1', 'smtp; 550 5.7.1 the network is blocked', /SPF, DKIM and DMARC/],
    ['5.3.0', 'smtp; 550 5.7.26 unauthenticated', /SPF, DKIM and DMARC/],
    ['5.1.1', 'smtp; 550 5.1.1 unknown', /right one/],
  ])(
    'gives the next step for a bounce of %s (%s) in the requested vocabulary',
    async (status, diagnosticCode, words) => {
      const id = `bounce-${status}`;
      await api.record(
        sendEvent(to(id)),
        bounceEvent(to(id), {
          ...{ type: 'Permanent', subtype: 'General', timestamp: second(10) },
          recipients: [{ emailAddress: 'ann@example.com', action: 'failed', status, diagnosticCode }],
        }),
      );
      const { body } = await email(id);

      expect(body).toMatchObject({ status: 'bounced_hard', meaning: expect.any(String) });
      expect(body.nextStep).toMatch(words);
      expect((await message(id)).body.recipients[0]).toMatchObject({ meaning: body.meaning, nextStep: body.nextStep });
      const clinic = (await email(id, 'vocabulary=clinicsense')).body;
      expect(clinic.nextStep).toMatch(words.source === 'right one' ? /client's email address/ : words);
      expect((await email(id, 'vocabulary=creatio')).body.meaning).toMatch(/This response is final\.$/);
    },
  );

  it.each([
    `${ID}@eu-west-1.amazonses.com`,
    `<${ID}@email.amazonses.com>`,
    `<${ID}>`,
    ` ${ID} `,
    encodeURIComponent(`<${ID}@eu-west-1.amazonses.com>`),
  ])('is found by SES’s id as it is pasted: %s', async (pasted) => {
    await api.record(sendEvent({ ...to(ID), tags: { 'mailtrail-id': ['our-own'] } }));

    expect(await message(pasted)).toMatchObject({ status: 200, body: { messageId: 'our-own', sesMessageId: ID } });
    expect(await email(pasted)).toMatchObject({ status: 200, body: { messageId: 'our-own' } });
    const path = { messageId: pasted, email: 'bo@example.net' };
    expect(await api.ask(EMAIL, { path })).toMatchObject({
      status: 404,
      body: { detail: expect.stringMatching(/not that it went/) },
    });
  });

  it.each([`${ID}x`, `<${ID}x@eu-west-1.amazonses.com>`, `${ID}@members.club.example`, '<>', '%'])(
    'is not found by an unknown id: %s',
    async (unknown) => {
      expect(await message(unknown)).toMatchObject({ status: 404 });
      expect(await email(unknown)).toMatchObject({
        status: 404,
        body: { detail: expect.stringMatching(/No message/) },
      });
    },
  );
});
