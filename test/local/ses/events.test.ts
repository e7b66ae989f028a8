import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LINKS, mailing, ofType, start } from './mailing.ts';
import { ALL_TYPES, collectIn, html, mailTo, type Published } from './ses-server.ts';

describe('an event', () => {
  it('has SES’s fields in SES’s order, and ends with a newline', async () => {
    const ses = await start();
    const EmailTags = [
      { Name: 'campaign', Value: 'autumn' },
      { Name: 'campaign', Value: 'again' },
    ];
    await ses.send({ ...mailTo('Ann <ann@example.com>'), EmailTags, ReplyToAddresses: ['desk@club.example'] });
    await ses.settle();
    const [send, delivery] = ses.published;

    expect(Object.keys(send?.event)).toEqual(['eventType', 'mail', 'send']);
    expect(send?.text).toBe(`${JSON.stringify(send?.event)}\n`);
    expect(send?.event).toEqual({
      eventType: 'Send',
      mail: {
        timestamp: '2026-11-24T10:00:00.000Z',
        source: 'Office <office@club.example>',
        sourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/club.example',
        sendingAccountId: '123456789012',
        messageId: expect.stringMatching(/-000000$/),
        destination: ['Ann <ann@example.com>'],
        headersTruncated: false,
        headers: expect.arrayContaining([
          { name: 'From', value: 'Office <office@club.example>' },
          { name: 'Subject', value: 'October statement' },
        ]),
        commonHeaders: {
          from: ['Office <office@club.example>'],
          replyTo: ['desk@club.example'],
          to: ['Ann <ann@example.com>'],
          messageId: send?.event.mail.messageId,
          subject: 'October statement',
        },
        tags: expect.objectContaining({
          'ses:configuration-set': ['club'],
          'ses:from-domain': ['club.example'],
          campaign: ['autumn', 'again'],
        }),
      },
      send: {},
    });
    expect(Object.keys(delivery?.event)).toEqual(['eventType', 'mail', 'delivery']);
    expect(delivery?.event.delivery).toEqual({
      timestamp: '2026-11-24T10:00:00.040Z',
      processingTimeMillis: 40,
      recipients: ['ann@example.com'],
      smtpResponse: expect.any(String),
      remoteMtaIp: expect.any(String),
      reportingMTA: expect.any(String),
    });
  });

  it('has tags of the outgoing connection only once there is one', async () => {
    const ses = await start();
    const [send, delivery] = await ses.eventsOf('ann@example.com');

    expect(send.mail.tags).not.toHaveProperty('ses:outgoing-ip');
    expect(delivery.mail.tags).toHaveProperty('ses:outgoing-ip');
  });

  it('contains no more than 10 KB of headers', async () => {
    const ses = await start();
    const Headers = Array.from({ length: 15 }, (_, index) => ({ Name: `X-Long-${index}`, Value: 'x'.repeat(900) }));
    await ses.send({ Content: { Simple: { ...html('x').Simple, Headers } as never } });
    await ses.settle();
    const { mail } = ses.published[0]?.event ?? {};

    expect(mail.headersTruncated).toBe(true);
    expect(JSON.stringify(mail.headers).length).toBeLessThan(11 * 1024);
  });

  it('of an open or click has no sourceArn, its fields in alphabetical order, and a flag for bots', async () => {
    const published = await mailing(await start(), LINKS);
    const open = ofType(published, 'Open')[0]?.event;
    const click = ofType(published, 'Click')[0]?.event;

    expect(Object.keys(open.mail)).toEqual(Object.keys(open.mail).toSorted());
    expect(open.mail).not.toHaveProperty('sourceArn');
    expect(open.open.isBotEvent).toMatch(/^(Likely|Unlikely)$/);
    expect(Object.keys(click)).toEqual(['eventType', 'click', 'mail']);
    expect(click.click).toMatchObject({
      link: 'https://club.example/a?x=1&y=2',
      linkTags: { part: ['top'], kind: ['news'] },
      isBotEvent: 'Unlikely',
    });
  });
});

describe('the destination of an event', () => {
  it('does not exist without a configuration set', async () => {
    const ses = await start();
    await ses.send({ ConfigurationSetName: undefined });
    await ses.settle();

    expect(ses.published).toEqual([]);
  });

  it('is each one of the configuration set that lists the type, in any spelling', async () => {
    const [outcomes, failures, others]: [Published[], Published[], Published[]] = [[], [], []];
    const ses = await start({
      configurationSets: [
        { name: 'club', eventTypes: ['send', 'delivery'], publish: collectIn(outcomes) },
        { name: 'club', eventTypes: ['renderingFailure'], publish: collectIn(failures) },
        { name: 'other', eventTypes: ALL_TYPES, publish: collectIn(others) },
      ],
    });
    await ses.send();
    await ses.send({ Content: { Template: { TemplateContent: { Subject: '{{missing}}' } } } });
    await ses.settle();

    expect(outcomes.map(({ eventType }) => eventType).toSorted()).toEqual(['Delivery', 'Send', 'Send']);
    expect(failures.map(({ eventType }) => eventType)).toEqual(['Rendering Failure']);
    expect(others).toEqual([]);
  });

  it('gets nothing after a stop', async () => {
    const ses = await start();
    await ses.send();
    ses.ses.stop();
    expect(ses.ses.idle()).toBe(true);
    // Longer than any delivery takes.
    await wait(100);

    expect(ofType(ses.published, 'Delivery')).toEqual([]);
  });
});
