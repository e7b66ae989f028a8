import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeptMail } from '../../../local/ses/kept-mail.ts';
import { html, raw, startSes, to } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

const header = (name: string) => ses.ses.mailbox()[0]?.headers.filter((one) => one.name === name);

describe('a mailbox', () => {
  it('holds an email as it was sent, with all its headers', async () => {
    const before = Date.now();
    const Headers = [
      { Name: 'List-Unsubscribe', Value: '<https://club.example/u/abc>' },
      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
    ];
    const Body = { Html: { Data: '<p>Grüße</p>' }, Text: { Data: 'Grüße' } };
    const { MessageId } = await ses.send({
      ...to('Ann <Ann@example.com>'),
      ReplyToAddresses: ['desk@club.example'],
      Content: { Simple: { Subject: { Data: 'Für Ann' }, Body, Headers } },
    });
    const [email] = ses.ses.mailbox();

    expect(email).toMatchObject({
      to: 'Ann@example.com',
      from: 'Office <office@club.example>',
      subject: 'Für Ann',
      html: '<p>Grüße</p>',
      text: 'Grüße',
      messageId: MessageId,
    });
    expect(email?.headers).toEqual(
      expect.arrayContaining([
        { name: 'From', value: 'Office <office@club.example>' },
        { name: 'Reply-To', value: 'desk@club.example' },
        { name: 'To', value: 'Ann <Ann@example.com>' },
        { name: 'List-Unsubscribe', value: '<https://club.example/u/abc>' },
        { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
      ]),
    );
    expect(Date.parse(email?.at ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('holds a raw message with its own headers, except Bcc and SES’s', async () => {
    const lines = [
      'From: office@club.example',
      'To: ann@example.com',
      'Bcc: bo@example.com',
      'Subject: Raw',
      'X-SES-CONFIGURATION-SET: club',
      'X-Ours: 1',
      '',
      'Hello',
    ];
    await ses.send({ ...raw(...lines), FromEmailAddress: undefined, Destination: undefined });
    const [bo, ann] = ses.ses.mailbox();

    expect([ann?.to, bo?.to]).toEqual(['ann@example.com', 'bo@example.com']);
    expect(ann).toMatchObject({ subject: 'Raw', html: null, text: 'Hello\n' });
    expect(header('X-Ours')).toEqual([{ name: 'X-Ours', value: '1' }]);
    expect([header('Bcc'), header('X-SES-CONFIGURATION-SET')]).toEqual([[], []]);
  });

  it('holds a template with its values filled in', async () => {
    const TemplateContent = { Subject: 'Hi {{name}}', Html: '<b>{{name}}</b>', Text: '{{name}}' };
    await ses.send({ Content: { Template: { TemplateContent, TemplateData: '{"name":"Ann"}' } } });

    expect(ses.ses.mailbox()[0]).toMatchObject({ subject: 'Hi Ann', html: '<b>Ann</b>', text: 'Ann' });
  });

  it('holds links and SES’s attributes as the sender wrote them', async () => {
    const link = '<a href="https://club.example/u/1" ses:no-track>leave</a>';
    await ses.send({ Content: html(link) });

    expect(ses.ses.mailbox()[0]?.html).toBe(link);
  });

  it('belongs to one recipient: one email for each, newest first', async () => {
    await ses.send(to('ann@example.com', 'bo@example.com'));
    await ses.send(to('ANN@example.com'));
    await ses.send(to('bounce@simulator.amazonses.com'));

    expect(ses.ses.mailbox().map((email) => email.to)).toEqual([
      'bounce@simulator.amazonses.com',
      'ANN@example.com',
      'bo@example.com',
      'ann@example.com',
    ]);
    expect(ses.ses.mailbox('Ann@Example.com').map((email) => email.to)).toEqual(['ANN@example.com', 'ann@example.com']);
    expect(ses.ses.mailbox('cleo@example.com')).toEqual([]);
  });

  it('holds nothing that was rejected', async () => {
    await ses.send(to('jürgen@example.com')).catch(() => {});
    expect(ses.ses.mailbox()).toEqual([]);
  });

  it('drops the oldest', async () => {
    const kept = createKeptMail(3);
    const content = { headers: [], subject: 'x', html: undefined, text: 'x', rendered: false };
    const common = { source: 'a@club.example', acceptedAt: 0, content, replyTo: [], tags: {} };
    for (const messageId of 'abcdefgh') {
      kept.add({ ...common, messageId, recipients: [{ written: 'b', address: 'b@example.com' }] } as never);
    }

    expect(kept.items().map(({ messageId }) => messageId)).toEqual(['h', 'g', 'f']);
  });
});
