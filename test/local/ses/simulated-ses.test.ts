import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../local/process/local-dynamodb.ts';
import { sesSettings } from '../../../local/process/ses-environment.ts';
import { startSmallStack } from '../small-stack.ts';

const start = async (options: Parameters<typeof startSmallStack>[0] = {}) => {
  const stack = await startSmallStack(options);
  const client = new SESv2Client({
    endpoint: stack.url,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  const send = (to: string, FromEmailAddress = 'office@club.example') =>
    client.send(
      new SendEmailCommand({
        FromEmailAddress,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hello' } } } },
      }),
    );
  const set = (change: unknown) => stack.call('PUT', '/local/ses', JSON.stringify(change));
  return { ...stack, send, set };
};

describe('the simulated SES of a stack', () => {
  it('lists accepted mail, all of it or that to one address', async () => {
    const { call, send } = await start();
    const { MessageId } = await send('ann@example.com');
    await send('bo+x@example.com');
    const all = await call('GET', '/local/mailbox');
    const bo = await call('GET', '/local/mailbox?to=BO%2Bx@example.com');

    expect([all.status, all.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(all.body.items.map(({ to }: { to: string }) => to)).toEqual(['bo+x@example.com', 'ann@example.com']);
    expect(all.body.items[1]).toMatchObject({ subject: 'Hi', text: 'Hello', html: null, messageId: MessageId });
    expect(bo.body.items).toHaveLength(1);
  });

  it('is changed by a route, which returns the settings', async () => {
    const { call, send, set } = await start();
    const before = (await call('GET', '/local/ses')).body;
    const answer = await set({ maxSendRate: 1, fail: { share: 0, error: 'MessageRejected' } });
    const outcomes = await Promise.allSettled([send('ann@example.com'), send('bo@example.com')]);

    expect(before).toMatchObject({ maxSendRate: 1_000, account: 'healthy', throttle: null, drop: null });
    expect([answer.status, answer.body.maxSendRate]).toEqual([200, 1]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await call('GET', '/local/ses')).body.calls).toMatchObject({ taken: 1, refused: 1 });
  });

  it('is not changed by invalid settings', async () => {
    const { call, set } = await start();
    const answers = [await set({ maxSendRate: -1 }), await call('PUT', '/local/ses', 'not JSON'), await set('text')];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(answers[0]?.body.detail).toBe(
      'maxSendRate must be a number above 0, of recipients a second. Nothing was changed.',
    );
    expect((await call('GET', '/local/ses')).body.maxSendRate).toBe(1_000);
    expect((await call('POST', '/local/ses')).headers.get('allow')).toBe('GET, PUT');
  });

  it('closes the connection of a dropped response', async () => {
    const { call, send, set } = await start();
    await set({ drop: { share: 1 } });

    await expect(send('ann@example.com')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await call('GET', '/local/mailbox')).body.items).toHaveLength(1);
  });

  it('can have settings at the start', async () => {
    const { call, send } = await start({ ses: { identities: { 'mine.example': true }, max24HourSend: 1 } });
    await send('ann@example.com', 'me@mine.example');

    await expect(send('ann@example.com', 'me@mine.example')).rejects.toThrow('Daily message quota exceeded.');
    await expect(send('ann@example.com')).rejects.toThrow('Email address is not verified.');
    expect((await call('GET', '/local/ses')).body.identities).toEqual({ 'mine.example': true });
  });
});

describe('the environment', () => {
  it('sets the simulated SES', () => {
    const environment = {
      MAILTRAIL_SES_IDENTITIES: 'a.example, me@b.example,',
      MAILTRAIL_SES_RATE: '14',
      MAILTRAIL_SES_QUOTA: '200',
    };

    expect(sesSettings(environment)).toEqual({
      identities: { 'a.example': true, 'me@b.example': true },
      maxSendRate: 14,
      max24HourSend: 200,
    });
    expect(sesSettings({ MAILTRAIL_SES_IDENTITIES: '', MAILTRAIL_SES_RATE: '' })).toEqual({});
  });

  it.each(['0', '-1', '1.5', 'many'])('does not set a rate of %s', (rate) => {
    expect(() => sesSettings({ MAILTRAIL_SES_RATE: rate })).toThrow(`MAILTRAIL_SES_RATE is "${rate}"`);
  });
});
