import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, startAccepting } from './set-up.ts';

const ANN = [{ email: 'ann@example.com', values: { name: 'Ann' } }];
const left = { at: later(-1_000), source: 'unsubscribe' };

describe.each(engines())('transactional and bulk mail, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  let keys = 0;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());
  const message = async (more: object) => (await accepting.message(more, { key: `k${keys++}` })).body;

  it.each([
    ['by default', {}, 'queued', true],
    ['with a category', { category: 'news' }, 'canceled_unsubscribed', false],
    ['with a link to leave by', { unsubscribable: true }, 'canceled_unsubscribed', false],
    ['that says it is bulk', { transactional: false }, 'canceled_unsubscribed', false],
    [
      'that says it is transactional, with a category for reports',
      { transactional: true, category: 'receipt' },
      'queued',
      true,
    ],
    ['that says nothing, by null', { transactional: null }, 'queued', true],
  ])('a single message %s: to a recipient who unsubscribed from everything', async (_, more, status, transactional) => {
    await accepting.suppress({ address: 'ann@example.com', unsubscribe: left });
    const answer = await message(more);
    expect(answer.status).toBe(status);
    const { plan } = await accepting.parts(`~${answer.messageId}`);

    expect(plan.transactional).toBe(transactional);
  });

  it.each(['complaint', 'bounce', 'repeatedSoftBounce', 'manual'])(
    'a %s stops a transactional message',
    async (cause) => {
      await accepting.suppress({ address: 'ann@example.com', [cause]: { ...left, source: 'ses_event' } });

      expect((await message({})).status).toBe('suppressed');
    },
  );

  it('a transactional message is sent to a recipient who unsubscribed from its category', async () => {
    await accepting.suppress({ address: 'ann@example.com', 'unsubscribe:Receipt': left });

    expect((await message({ transactional: true, category: 'receipt' })).status).toBe('queued');
    expect((await message({ category: 'receipt' })).status).toBe('canceled_unsubscribed');
  });

  it('a message cannot be transactional and unsubscribable', async () => {
    const { status, body } = await accepting.message({ transactional: true, unsubscribable: true });

    expect([status, body.errors]).toEqual([
      400,
      [{ parameter: 'transactional', message: expect.stringContaining('unsubscribable') }],
    ]);
    expect(await accepting.emails()).toEqual([]);
  });

  it('a campaign is bulk, and has no field to change that', async () => {
    await accepting.suppress({ address: 'ann@example.com', unsubscribe: left });
    const recipients = [{ email: 'ann@example.com', values: { name: 'Ann' } }];

    expect((await accepting.send({ recipients, category: undefined })).body.byStatus).toEqual({
      canceled_unsubscribed: 1,
    });
    expect((await accepting.send({ recipients, transactional: true }, { key: 'k' })).status).toBe(400);
  });

  it('a campaign warns with each request if unsubscribing from it stops all bulk mail', async () => {
    const warnings = async (more: object, campaignId: string) =>
      (await accepting.send({ recipients: ANN, ...more, campaignId }, { key: campaignId })).body.warnings;
    const warning = [{ code: 'no_category', message: expect.stringContaining('all bulk mail') }];

    expect(await warnings({ category: undefined }, 'one')).toEqual(warning);
    expect(await warnings({ category: 'news' }, 'two')).toEqual([]);
    expect(await warnings({ category: undefined, unsubscribable: false }, 'three')).toEqual([]);
  });

  it('a plan without the attribute is classified by its other attributes', async () => {
    const { messageId } = await message({});
    const { plan } = await accepting.parts(`~${messageId}`);
    const { transactional: _, ...old } = plan;
    const read = (more: object) => readPlan({ ...old, ...more }).transactional;

    expect([read({}), read({ category: 'news' }), read({ unsubscribable: true })]).toEqual([true, false, false]);
    expect([read({ campaignId: 'october' }), read({ transactional: false })]).toEqual([false, false]);
  });
});

describe.each(engines())('pasted addresses of recipients, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('are sent to the address in them, and found by it', async () => {
    const pasted = [
      '\u200bBo@example.com',
      '"Cy, C." <cy@example.com>',
      'ｄｉ＠example．com',
      'mailto:eve@example.com',
      'f\u00adf@example.com\u00a0',
    ];
    await accepting.send({ recipients: pasted.map((email) => ({ email, values: { name: 'x' } })) });

    expect(
      (await accepting.emails()).map(({ recipient, sendTo, status }) => [recipient, sendTo, status]).toSorted(),
    ).toEqual([
      ['bo@example.com', 'Bo@example.com', 'queued'],
      ['cy@example.com', 'cy@example.com', 'queued'],
      ['di@example.com', 'di@example.com', 'queued'],
      ['eve@example.com', 'eve@example.com', 'queued'],
      ['ff@example.com', 'ff@example.com', 'queued'],
    ]);
  });

  it('are one address, with its suppression', async () => {
    await accepting.suppress({ address: 'ann@example.com', bounce: { ...left, source: 'ses_event' } });
    const values = { name: 'x' };
    const { body } = await accepting.send({
      recipients: [
        'Ann <ann@example.com>',
        'bo@example.com',
        'b\u200do@example.com',
        'a@x.example, Bo <bo@example.com>',
      ].map((email) => ({ email, values })),
    });

    expect(body.byStatus).toEqual({ suppressed: 1, queued: 1, canceled_duplicate: 1, invalid_address: 1 });
  });

  it('are accepted in from and replyTo', async () => {
    const { status } = await accepting.send({
      recipients: ANN,
      from: '\u200bOffice <office\u200b@club.example>\u200b',
      replyTo: ['ｏｆｆｉｃｅ＠club.example'],
    });

    expect(status).toBe(202);
  });
});
