import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, CAMPAIGN, later, named, startAccepting } from './set-up.ts';

const DAY = 86_400_000;
const ann = named('ann@example.com');

// Rejected before any table is read: one engine is enough.
describe('a request that sends', () => {
  let accepting: Accepting;
  beforeAll(async () => {
    accepting = await startAccepting(engines()[0]?.endpoint ?? '');
  });
  afterAll(async () => {
    expect([await accepting.emails(), await accepting.parts(), accepting.sent]).toEqual([[], {}, []]);
    await accepting.drop();
  });

  type Told = { parameter: string; message: string };
  const errors = async (body: object): Promise<Told[]> => {
    const { status, body: problem } = await accepting.send({ recipients: ann, ...body });
    expect(status).toBe(400);
    return problem.errors;
  };
  const parameters = async (body: object) => (await errors(body)).map(({ parameter }) => parameter);

  it('is answered with all errors at once, each recipient by its index', async () => {
    const recipients = [
      ...ann,
      { email: '' },
      { mail: 'x' },
      { email: 'a'.repeat(321) },
      { email: 'x', skip: '', values: [] },
    ];

    expect(
      await parameters({
        campaignId: 'a b',
        from: 'Office',
        replyTo: ['x'],
        subject: 'a\nb',
        html: '{{#a}}',
        sendAt: 'soon',
        needsApproval: 'yes',
        recipients,
      }),
    ).toEqual([
      ...['campaignId', 'from', 'replyTo[0]', 'subject', 'html'],
      ...['recipients[1].email', 'recipients[2].email', 'recipients[2].mail', 'recipients[3].email'],
      ...['recipients[4].values', 'recipients[4].skip', 'sendAt', 'needsApproval'],
    ]);
  });

  it('is answered with errors of combined fields', async () => {
    expect(await parameters({ html: undefined, text: undefined })).toEqual(['text']);
    expect(await parameters({ sendAt: later(DAY), expiresAt: later(DAY) })).toEqual(['expiresAt']);
    expect(await parameters({ sendAt: later(367 * DAY), expiresAt: later(368 * DAY) })).toEqual([
      'sendAt',
      'expiresAt',
    ]);
    expect(
      await parameters({ subject: '{{unsubscribeUrl}}', html: '<p>{{unsubscribeUrl}}', unsubscribable: false }),
    ).toEqual(['subject', 'html']);
  });

  it('is rejected if SES has no verified identity for the sender’s address or its domains', async () => {
    accepting.asked.splice(0);
    const [told] = await errors({ from: 'Office <Office@mail.stranger.example>' });

    expect(told?.parameter).toBe('from');
    expect(told?.message).not.toContain('stranger');
    expect(accepting.asked).toEqual(['mail.stranger.example', 'stranger.example', 'Office@mail.stranger.example']);
    await errors({ from: 'Office <Office@mail.stranger.example>' });
    expect(accepting.asked).toHaveLength(3);
  });

  it.each([
    ['an unescaped marker', '{{{name}}}'],
    ['another one', '{{&name}}'],
    ['a section', '{{#name}}x{{/name}}'],
    ['an inverted section', '{{^name}}x{{/name}}'],
    ['a partial', '{{>name}}'],
    ['other delimiters', '{{=<% %>=}}'],
    ['a path', '{{a.b}}'],
    ['the whole context', '{{.}}'],
    ['a prototype', '{{__proto__}}'],
    ['no name', '{{}}'],
    ['an open marker', '{{name'],
    ['an open section', '{{#name}}'],
    ['an end without a beginning', '{{/name}}'],
  ])('may contain markers and nothing else: not %s', async (_, text) => {
    for (const field of ['subject', 'html', 'text']) expect(await parameters({ [field]: text })).toEqual([field]);
  });

  const INJECTIONS = ['\r\n', '\n', '\r', '\u0085', '\u2028', '\u2029', '\u0000', '\u000b', '\u202e', '\u2066'];

  it.each(INJECTIONS.map((text) => [JSON.stringify(text), text]))('adds no %s to a header', async (_, bad) => {
    const line = `x${bad}Bcc: victim@example.com`;

    expect(await parameters({ subject: line })).toEqual(['subject']);
    for (const from of [
      `${line} <office@club.example>`,
      `"${line}" <office@club.example>`,
      `office@club.example${bad}`,
      `office${bad}@club.example`,
      `"a${bad}b"@club.example`,
    ]) {
      expect([from, await parameters({ from })]).toEqual([from, ['from']]);
      expect(await parameters({ replyTo: [from] })).toEqual(['replyTo[0]']);
    }
    expect((await accepting.add(`a${bad}b`, ann)).status).toBe(400);
    expect(await parameters({ category: `news${bad}` })).toEqual(['category']);
    expect(await parameters({ recipients: [{ email: 'ann@example.com', values: { [`a${bad}`]: 'x' } }] })).toEqual([
      'recipients[0].values',
    ]);
  });

  it.each([
    'a@club.example, b@club.example',
    'Office <a@club.example> <b@club.example>',
    'Office <a@club.example',
    'a@club.example>',
    'Off@ice <a@club.example>',
    'a@club.example, Office <b@club.example>',
    'a@club.example; <b@club.example>',
    'Office "x <a@club.example>',
    'Office <a@club.example> (x)',
    '"Office <a@club.example>',
    '<a@club.example>, x',
    'ünï@club.example',
    'office@localhost',
  ])('is from one mailbox, which %j is not', async (from) => {
    expect(await parameters({ from })).toEqual(['from']);
  });

  it('contains only well-formed text: a lone surrogate cannot be stored as it was sent', async () => {
    const recipients = [{ email: '\ud800@example.com' }, { email: 'a@example.com', values: { name: '\udfff' } }];

    expect(await parameters({ text: 'a\ud800', recipients })).toEqual([
      'text',
      'recipients[0].email',
      'recipients[1].values',
    ]);
  });

  it('has numbers that are stored as they were sent: JavaScript would change larger ones', async () => {
    const recipients = [{ email: 'a@example.com', values: { name: 'NUMBER' } }];
    const body = JSON.stringify({ ...CAMPAIGN, campaignId: 'a b', recipients });
    const told = async (number: string): Promise<string[]> => {
      const answer = await accepting.ask('POST /v1/campaigns', body.replace('"NUMBER"', number));
      return answer.body.errors.map(({ parameter }: Told) => parameter);
    };

    for (const good of ['9007199254740991', '-9007199254740991', '0', '0.1', '1e-100']) {
      expect([good, await told(good)]).toEqual([good, ['campaignId']]);
    }
    for (const bad of ['9007199254740992', '-9007199254740993', '1e20', '1e400', '1e-101']) {
      expect([bad, await told(bad)]).toEqual([bad, ['campaignId', 'recipients[0].values']]);
    }
  });

  it.each(['{{name|a|b}}', '{{name|{x}}}', '{{unsubscribeUrl|x}}'])('has no default like that of %s', async (text) => {
    for (const field of ['subject', 'html', 'text']) expect(await parameters({ [field]: text })).toEqual([field]);
  });

  it('has at most 256 KB of content and 8 KB of values for each recipient, measured in bytes', async () => {
    const half = 'ü'.repeat(65_536);

    expect(await parameters({ html: half, text: `${half}x` })).toEqual(['html']);
    const values = (name: string) => ({ recipients: [{ email: 'a@example.com', values: { name } }] });
    expect(await parameters(values('ü'.repeat(4_096)))).toEqual(['recipients[0].values']);
  });
});
