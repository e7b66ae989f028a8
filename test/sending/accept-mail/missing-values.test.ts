import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadTemplate, readTemplate } from '../../../lambdas/sending/email/template.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, named, startAccepting } from './set-up.ts';

describe.each(engines())('a value that is missing, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  const statuses = async () =>
    (await accepting.emails()).map(({ recipient, status, reason }) => [recipient.split('@')[0], status, reason]);

  it('may be null, and affects one email only', async () => {
    const { status, body } = await accepting.send({
      recipients: [
        ...named('ann@example.com'),
        { email: 'bo@example.com', values: { name: null } },
        { email: 'cy@example.com', values: null, skip: null },
        { email: 'dan@example.com', values: { name: 'Dan', phone: null } },
        { email: 'eve@example.com', values: { name: '' } },
      ],
    });

    expect([status, body.byStatus, body.errors]).toEqual([202, { queued: 3, failed_rendering: 2 }, undefined]);
    expect(await statuses()).toEqual([
      ['ann', 'queued', undefined],
      ['bo', 'failed_rendering', 'Missing value: name'],
      ['cy', 'failed_rendering', 'Missing value: name'],
      ['dan', 'queued', undefined],
      ['eve', 'queued', undefined],
    ]);
    expect((await accepting.emails())[3].values).toEqual({ name: 'Dan' });
  });

  it('is replaced by the default if the marker has one', async () => {
    const { body } = await accepting.send({
      ...{ subject: 'News for {{name|you}}', html: '<p>{{name|Tom & Ann}}', text: '{{ name | member }}, {{fee|}}' },
      recipients: [
        { email: 'ann@example.com' },
        { email: 'bo@example.com', values: { name: ' ' } },
        ...named('cy@example.com'),
      ],
    });

    expect(body.byStatus).toEqual({ queued: 3 });
    expect((await accepting.emails()).map(({ subject }) => subject)).toEqual([
      'News for you',
      'News for you',
      'News for Ann',
    ]);
  });

  it('shows the subject with its markers if a value for it is missing, and rendered if not', async () => {
    await accepting.send({
      subject: 'News for {{name}} {{ club | us }}',
      recipients: [
        { email: 'ann@example.com' },
        { email: 'bo@example.com', skip: 'no balance due' },
        { email: 'cy@example.com', skip: 'no balance due', values: { name: 'Cy' } },
      ],
    });

    expect((await accepting.emails()).map(({ subject }) => subject)).toEqual([
      'News for {{name}} {{ club | us }}',
      'News for {{name}} {{ club | us }}',
      'News for Cy us',
    ]);
  });
});

describe('a marker with a default', () => {
  const render = (
    text: string,
    values: Record<string, string | number>,
    escaping: 'html' | 'not at all' = 'not at all',
  ) => readTemplate(text).render(values, escaping);

  it.each([
    ['{{name|member}}', 'member'],
    ['{{name|dear member}}', 'dear member'],
    ['{{ name  |  dear member  }}', 'dear member'],
    ['{{name|}}', ''],
    ['{{name|-}}', '-'],
    ['{{name|Mitglied: Ö, "x" & (y) = #1!}}', 'Mitglied: Ö, "x" & (y) = #1!'],
  ])('%s is replaced by %j', (text, expected) => {
    expect(render(text, {})).toBe(expected);
    expect(readTemplate(text)).toMatchObject({ markers: ['name'], required: [] });
  });

  it.each(['', ' ', '\t\n', '\u00a0', '\u200b', '\ufeff \u2060'])(
    'takes it for a value that nobody sees: %j',
    (name) => {
      expect(render('{{name|member}}', { name })).toBe('member');
      expect(render('{{name}}', { name })).toBe(name);
    },
  );

  it('uses an existing value, also 0', () => {
    expect([render('{{n|none}}', { n: 0 }), render('{{n|none}}', { n: 'x' })]).toEqual(['0', 'x']);
  });

  it('is a value like any other in HTML: escaped', () => {
    expect(render(`{{name|<b>"Tom" & 'Ann'</b>}}`, {}, 'html')).toBe(
      '&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;',
    );
  });

  it('requires a value if the same name is also used without a default', () => {
    expect(readTemplate('{{name|member}} {{name}}').required).toEqual(['name']);
  });

  it.each([
    '{{name|a|b}}',
    '{{name|a{b}}',
    '{{name|{x}}}',
    '{{name|a\nb}}',
    `{{name|${'x'.repeat(201)}}}`,
    '{{unsubscribeUrl|https://club.example}}',
    '{{|member}}',
    '{{na me|member}}',
  ])('is not %j', (text) => {
    expect(() => readTemplate(text)).toThrow(BadTemplate);
  });
});
