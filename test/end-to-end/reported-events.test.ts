import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

/** Problems that users of mailing systems reported publicly; each was a bug here, too. */
describe.each(engines())('reports of mail servers, live on $name', ({ kind: engine }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(engine);
  });
  afterAll(() => local?.stack.stop());

  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const mail = (
    messageId: string,
    to: string,
    { sentAt = ago(30), ...more }: { sentAt?: string; [field: string]: unknown } = {},
  ) => ({
    ...{ timestamp: sentAt, messageId, source: 'office@club.example', destination: [to] },
    ...{ commonHeaders: { subject: 'Minutes of the meeting' }, ...more },
  });
  type Bounced = Readonly<
    { type?: string; subtype?: string; at?: string; mta?: string; to?: string } & Record<string, unknown>
  >;
  const bounce = (
    of: ReturnType<typeof mail>,
    { type = 'Permanent', subtype = 'General', at, mta, to, ...entry }: Bounced,
  ) =>
    JSON.stringify({
      ...{ eventType: 'Bounce', mail: of },
      bounce: {
        ...{ bounceType: type, bounceSubType: subtype, timestamp: at ?? ago(29), feedbackId: of.messageId },
        ...{ reportingMTA: mta ?? 'dns; mx.example.com' },
        bouncedRecipients: [{ emailAddress: to ?? of.destination[0], action: 'failed', status: '5.1.1', ...entry }],
      },
    });
  const delivery = (of: ReturnType<typeof mail>) =>
    JSON.stringify({
      ...{ eventType: 'Delivery', mail: of },
      delivery: { timestamp: of.timestamp, recipients: of.destination, smtpResponse: '250 queued' },
    });
  const recorded = async (...bodies: readonly string[]) => {
    await local.publish(...bodies);
    await local.settle();
  };
  const found = async (path: string) => (await local.call('GET', path)).status;
  const suppressionOf = async (address: string) => (await local.call('GET', `/v1/suppressions/${address}`)).body;

  it('a bounce at the target of a forwarding is attributed to the member, and to no other recipient', async () => {
    const of = mail('forwarded', 'dora@old.example.com', { tags: { campaign: ['forwarded'] } });
    const hard = bounce(of, { to: 'dora.private@example.net', diagnosticCode: 'smtp; 550 5.1.1 no such user' });
    await recorded(delivery(of), hard);

    const message = await local.message('forwarded');
    expect(message.recipients).toMatchObject([
      {
        recipient: 'dora@old.example.com',
        status: 'bounced_hard',
        bounce: { namedRecipient: 'dora.private@example.net' },
      },
    ]);
    expect(await found('/v1/suppressions/dora.private@example.net')).toBe(404);
    const suppression = await suppressionOf('dora@old.example.com');
    const [cause] = suppression.causes;
    expect(Date.parse(cause.endsAt) - Date.parse(cause.at)).toBe(14 * 86_400_000);
    expect(suppression.onSesList).toBe(false);
    expect(await local.campaign('forwarded')).toMatchObject({ recipients: 1, counts: { bounced_hard: 1 } });
  });

  it('a bounce that names the address without its label stops the next email to it', async () => {
    const address = 'erik+club@example.com';
    await recorded(bounce(mail('label', address), { to: 'erik@example.com' }));

    expect((await local.message('label')).recipients).toMatchObject([{ recipient: address, status: 'bounced_hard' }]);
    const body = JSON.stringify({ email: address, from: 'office@club.example', subject: 'Hi', text: 'Hi' });
    const { text } = await local.send('POST', '/v1/messages', { body, headers: { 'idempotency-key': 'label-next' } });
    expect(JSON.parse(text)).toMatchObject({ status: 'suppressed' });
    expect(await found('/v1/suppressions/erik@example.com')).toBe(404);
  });

  it('a suppression by a report stamped years ahead is lifted, and the next bounce suppresses again', async () => {
    const address = 'gil@example.com';
    const tags = { campaign: ['fast-clock'] };
    await recorded(bounce(mail('fast-1', address, { tags }), { at: '2036-11-30T10:00:05.000Z' }));
    expect(await local.lift(address)).toMatchObject({ ended: [{ cause: 'bounce' }] });
    expect(await found(`/v1/suppressions/${address}`)).toBe(404);

    const next = mail('fast-2', address, { sentAt: new Date().toISOString(), tags });
    await recorded(bounce(next, { at: new Date(Date.now() + 60_000).toISOString() }));
    expect(await suppressionOf(address)).toMatchObject({ reason: 'bounce' });
    const { lastActivityAt } = await local.campaign('fast-clock');
    expect(Date.parse(lastActivityAt ?? '')).toBeLessThan(Date.now() + 5 * 60_000);
  });

  it('warnings that an email is delayed are not bounces', async () => {
    const address = 'hana@example.com';
    for (const days of [20, 15, 10]) {
      const sentAt = ago(days * 24 * 60);
      const of = mail(`delay-${days}`, address, { sentAt, tags: { campaign: ['delays'] } });
      const warning = { type: 'Transient', at: ago(days * 24 * 60 - 240), action: 'delayed', status: '4.4.1' };
      await recorded(delivery(of), bounce(of, warning));
    }

    expect((await local.emailsTo(address)).map(({ status }) => status)).toEqual(Array(3).fill('delivered'));
    expect(await found(`/v1/suppressions/${address}`)).toBe(404);
    expect(await local.campaign('delays')).toMatchObject({ counts: { delivered: 3 }, rates: { bounce: { value: 0 } } });
  });

  it.each(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'])(
    'three soft bounces for the message’s own fault (%s) suppress no address',
    async (subtype) => {
      const address = `${subtype.toLowerCase()}@example.com`;
      for (const days of [20, 15, 10]) {
        const of = mail(`${subtype}-${days}`, address, { sentAt: ago(days * 24 * 60) });
        const at = ago(days * 24 * 60 - 1);
        await recorded(
          bounce(of, { type: 'Transient', subtype, at, status: '5.3.4', diagnosticCode: 'smtp; 552 5.3.4' }),
        );
      }

      expect(await found(`/v1/suppressions/${address}`)).toBe(404);
    },
  );

  it.each(['01-bare', '02-host@eu-west-1.amazonses.com', '<03-brackets@email.amazonses.com>'])(
    'an email is found by its pasted Message-ID: %s',
    async (pasted) => {
      const id = pasted.replace(/^<|@.*$/g, '');
      await recorded(delivery(mail(id, 'ina@example.com')));

      expect(await found(`/v1/messages/${encodeURIComponent(pasted)}`)).toBe(200);
    },
  );

  it.each([
    'python-requests/2.31.0',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36',
  ])('a click by %s is a machine’s', async (userAgent) => {
    const id = `agent-${userAgent.length}`;
    const click = {
      timestamp: ago(20),
      ipAddress: '192.0.2.1',
      link: 'https://club.example/agenda',
      linkTags: null,
      userAgent,
    };
    await recorded(JSON.stringify({ eventType: 'Click', mail: mail(id, 'jo@example.com'), click }));

    const [email] = (await local.message(id)).recipients;
    expect(email).toMatchObject({ status: 'sent', clicks: 0, machineClicks: 1 });
  });

  it('a rejection of the sender is stored in full, and does not suppress the address', async () => {
    const sentences = 'Messages from this network are refused, since part of it is in our list (S9001). '
      .repeat(4)
      .trim();
    const diagnosticCode = `smtp; 550 5.7.1 ${sentences}`;
    const mta = 'dns; a8-45.smtp-out.eu-west-1.amazonses.com';
    await recorded(bounce(mail('refused', 'nia@example.com'), { mta, status: '5.7.1', diagnosticCode }));

    const [email] = (await local.message('refused')).recipients;
    expect(email?.bounce?.diagnostic).toBe(diagnosticCode);
    expect(email?.nextStep).not.toMatch(/right one|typo/);
  });

  it('the sender shown is that of the From header, whichever event comes first', async () => {
    const source = 'bounces+ann=example.com@mail.club.example';
    const commonHeaders = { from: ['Hillside Tennis <office@club.example>'], subject: 'News' };
    await recorded(delivery(mail('verp', 'ann@example.com', { source, commonHeaders: undefined })));
    expect(await local.message('verp')).toMatchObject({ from: source, envelopeSender: source });

    await recorded(delivery(mail('verp', 'ann@example.com', { source, commonHeaders })));
    expect(await local.message('verp')).toMatchObject({ from: commonHeaders.from[0], envelopeSender: source });
  });

  it('an entry of SES’s global list ends after 14 days, and is not added to the account’s list', async () => {
    const address = 'abe@example.com';
    await recorded(bounce(mail('global', address), { subtype: 'Suppressed' }));

    const { causes, onSesList } = await suppressionOf(address);
    expect(causes).toHaveLength(1);
    expect(Date.parse(causes[0].endsAt) - Date.parse(causes[0].at)).toBe(14 * 86_400_000);
    expect(onSesList).toBe(false);
    expect((await local.send('GET', `/v2/email/suppression/addresses/${address}`)).status).toBe(404);
  });
});
