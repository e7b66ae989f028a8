import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EICAR } from '../../../local/ses/virus-scan.ts';
import { raw, startSes, to } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

describe('a raw message', () => {
  const message = [
    'From: "Club, The" <office@club.example>',
    'To: ann@example.com, "Ball, Bo" <bo@example.com>',
    'Bcc: cy@example.com',
    'X-SES-CONFIGURATION-SET: club',
    'X-SES-MESSAGE-TAGS: campaign=autumn, category=news',
    'Subject: =?utf-8?Q?Caf=C3=A9?=',
    'Content-Type: text/plain',
    '',
    'Hello',
  ];
  const own = { FromEmailAddress: undefined, Destination: undefined, ConfigurationSetName: undefined };

  it('sets its sender, recipients, configuration set and tags in its headers', async () => {
    await ses.send({ ...raw(...message), ...own });
    await ses.settle();
    const { mail } = ses.published[0]?.event ?? {};

    expect(mail.source).toBe('"Club, The" <office@club.example>');
    expect(mail.destination).toEqual(['ann@example.com', '"Ball, Bo" <bo@example.com>', 'cy@example.com']);
    expect(mail.tags).toMatchObject({ campaign: ['autumn'], category: ['news'], 'ses:configuration-set': ['club'] });
    expect(mail.commonHeaders.subject).toBe('Café');
    expect(mail.headers.map(({ name }: { name: string }) => name)).toEqual(['From', 'To', 'Subject', 'Content-Type']);
    expect(ses.published.filter(({ eventType }) => eventType === 'Delivery')).toHaveLength(3);
  });

  it('is overridden by the parameters, the tags as a whole', async () => {
    await ses.send({
      ...raw(...message),
      ...own,
      ...to('dee@example.com'),
      EmailTags: [{ Name: 'campaign', Value: 'x' }],
    });
    await ses.settle();
    const { mail } = ses.published[0]?.event ?? {};

    expect(mail.destination).toEqual(['dee@example.com']);
    expect(mail.tags.campaign).toEqual(['x']);
    expect(mail.tags).not.toHaveProperty('category');
  });

  it('is scanned for viruses', async () => {
    const part = ['Content-Type: application/octet-stream; name=a.com', 'Content-Transfer-Encoding: base64', ''];
    const mixed = ['Content-Type: multipart/mixed; boundary=B', '', '--B', ...part, btoa(EICAR), '--B--'];
    await ses.send(raw('From: a@club.example', ...mixed));
    await ses.settle();

    expect(ses.published.map(({ eventType }) => eventType)).toEqual(['Send', 'Reject']);
  });
});

describe('a template', () => {
  const template = (TemplateData: string) => ({
    Content: { Template: { TemplateContent: { Subject: 'Hi {{name}}', Text: 'Hello {{ name }}' }, TemplateData } },
  });

  it('shows its subject in every event but Send', async () => {
    await ses.send(template('{"name":"Ann"}'));
    await ses.settle();
    const [send, delivery] = ses.published.map(({ event }) => event.mail);

    expect(send.commonHeaders).not.toHaveProperty('subject');
    expect(delivery.commonHeaders.subject).toBe('Hi Ann');
  });

  it('without a value it needs is a rendering failure, with neither headers nor delivery', async () => {
    await ses.send(template('{}'));
    await ses.settle();
    const [send, failure] = ses.published;

    expect(ses.published).toHaveLength(2);
    expect(send?.eventType).toBe('Send');
    expect(failure?.event).toMatchObject({
      eventType: 'Rendering Failure',
      failure: { errorMessage: "Attribute 'name' is not present in the rendering data." },
    });
    expect(failure?.event.mail).not.toHaveProperty('headers');
    expect(failure?.event.mail).not.toHaveProperty('commonHeaders');
  });

  it('of any stored name is accepted', async () => {
    await ses.send({ Content: { Template: { TemplateName: 'welcome', TemplateData: '{}' } } });
  });
});
