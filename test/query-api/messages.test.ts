import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent, clickEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';

const MESSAGE = 'GET /v1/messages/{messageId}';
const EMAIL = 'GET /v1/messages/{messageId}/recipients/{email}';

describe.each(engines())('messages on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
    const statement = {
      messageId: 'ses-1',
      subject: 'October statement',
      destination: ['Ann@Example.com', 'bo@example.net'],
      tags: {
        'mailtrail-id': ['our-1'],
        campaign: ['statements-2026-10'],
        category: ['statement'],
        season: ['2026'],
      },
    };
    await api.record(
      sendEvent(statement),
      deliveryEvent(statement, '2026-11-24T10:00:03.120Z', ['ann@example.com']),
      bounceEvent(statement, {
        type: 'Permanent',
        subtype: 'General',
        timestamp: '2026-11-24T10:00:04.000Z',
        recipients: [{ emailAddress: 'bo@example.net', status: '5.1.1', diagnosticCode: 'smtp; 550 unknown' }],
      }),
      openEvent(statement, '2026-11-24T11:00:00.000Z', 'Unlikely'),
    );
    const single = { messageId: 'ses-2', destination: ['cy@example.com'] };
    await api.record(
      openEvent(single, '2026-11-24T10:00:09.000Z', 'Likely'),
      clickEvent(single, 'https://club.example/a', '2026-11-24T10:00:10.000Z'),
      sendEvent(single),
    );
    await api.record(openEvent({ messageId: 'ses-3', destination: ['di@example.com'] }, undefined, 'Likely'));
  });
  afterAll(() => api.tables.drop());
  const message = (messageId: string, query = '') => api.ask(MESSAGE, { path: { messageId }, query });
  const email = (messageId: string, email: string, query = '') => api.ask(EMAIL, { path: { messageId, email }, query });

  it('are found by our id and by SES’s, with each recipient’s status', async () => {
    const { status, body } = await message('our-1');

    expect(status).toBe(200);
    expect(body).toMatchObject({
      messageId: 'our-1',
      sesMessageId: 'ses-1',
      createdAt: '2026-11-24T10:00:01.000Z',
      campaignId: 'statements-2026-10',
      category: 'statement',
      tags: { season: ['2026'] },
      moreRecipients: false,
    });
    expect(body.recipients.map((one: { recipient: string; status: string }) => [one.recipient, one.status])).toEqual([
      ['ann@example.com', 'delivered'],
      ['bo@example.net', 'bounced_hard'],
    ]);
    expect((await message('ses-1')).body).toEqual(body);
  });

  it('show an unattributed open on the message, and on no recipient', async () => {
    const { body } = await message('our-1');

    expect(body.unattributed).toEqual({
      opens: 1,
      clicks: 0,
      machineOpens: 0,
      machineClicks: 0,
      countsAreFloor: false,
      probablyScanner: false,
      events: [{ kind: 'opened', at: '2026-11-24T11:00:00.000Z', automated: false }],
    });
    expect(body.recipients.map(({ opens }: { opens: number }) => opens)).toEqual([0, 0]);
    expect((await message('ses-2')).body.unattributed).toBeNull();
  });

  it('are not found by an unknown id', async () => {
    const { status, body } = await message('ses-9');

    expect([status, body.detail]).toEqual([404, "No message has this id, neither as Mailtrail's nor as SES's."]);
  });

  it('show one email with its events, oldest first, by any id and spelling', async () => {
    const { body } = await email('our-1', 'BO@example.net');

    expect(body.bounce).toEqual({
      type: 'Permanent',
      subType: 'General',
      smtpStatus: '5.1.1',
      diagnostic: 'smtp; 550 unknown',
      namedRecipient: null,
      reportingMta: expect.anything(),
      at: '2026-11-24T10:00:04.000Z',
    });
    expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual(['sent', 'bounced_hard']);
    expect(body.events[1]).toMatchObject({ type: 'Permanent', subType: 'General', smtpStatus: '5.1.1' });
    expect((await email('ses-1', 'bo@example.net')).body).toEqual(body);
  });

  it('distinguish a machine’s open from a person’s click', async () => {
    const { body } = await email('ses-2', 'cy@example.com');

    expect(body).toMatchObject({ status: 'clicked', opens: 0, clicks: 1, machineOpens: 1, sesMessageId: 'ses-2' });
    expect(body.events).toEqual([
      { kind: 'sent', at: '2026-11-24T10:00:01.000Z' },
      { kind: 'opened', at: '2026-11-24T10:00:09.000Z', automated: true },
      { kind: 'clicked', at: '2026-11-24T10:00:10.000Z', automated: false, link: 'https://club.example/a' },
    ]);
  });

  it('are shown as sent while only a machine has opened them', async () => {
    const { body } = await email('ses-3', 'di@example.com');

    expect(body).toMatchObject({ status: 'sent', label: 'Sent', statusAt: null, machineOpens: 1 });
    expect(body.sentAt).toBe('2026-11-24T10:00:01.000Z');
  });

  it('report whether the message or the recipient is unknown', async () => {
    const unknown = [await email('our-1', 'zoe@example.com'), await email('ses-1', 'zoe@example.com')];
    const { status, body } = await email('ses-9', 'ann@example.com');

    expect(unknown.map((answer) => [answer.status, answer.body.detail])).toEqual(
      Array(2).fill([404, 'The message is known, but not that it went to this address.']),
    );
    expect([status, body.detail]).toEqual([404, expect.stringMatching(/^No message has this id/)]);
  });

  it('are shown in the requested vocabulary', async () => {
    const { body } = await email('our-1', 'bo@example.net', 'vocabulary=clubspot');

    expect(body).toMatchObject({ status: 'bounced_hard', label: 'Bounced (Hard Bounce)', native: true });
  });

  it('reject * as a recipient', async () => {
    expect((await email('our-1', '*')).status).toBe(400);
  });
});
