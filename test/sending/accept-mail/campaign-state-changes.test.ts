import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { aRow } from '../sweep-emails/stalled.ts';
import { type Accepting, later, NOW, named, startAccepting } from './set-up.ts';

const HOUR = 3_600_000;
const start = { campaignId: 'october', why: 'start' };
const goOn = { campaignId: 'october', why: 'continue' };

describe.each(engines())('changes of a campaign’s state, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  const send = (body: object = {}) => accepting.send({ recipients: named('ann@example.com'), ...body });
  const state = async () => (await accepting.parts()).plan.state;
  const steps = () => accepting.sent.map(({ body }) => body);

  it('approval starts a campaign that is due at once, and a repeat changes nothing', async () => {
    expect((await send({ needsApproval: true })).body.state).toBe('pending_approval');
    expect(steps()).toEqual([]);
    const { status, body } = await accepting.decide('october', 'approve');

    expect([status, body]).toEqual([202, { campaignId: 'october', state: 'approved' }]);
    expect(steps()).toEqual([start]);
    expect((await accepting.decide('october', 'approve')).status).toBe(202);
    expect(await state()).toBe('approved');
  });

  it('approval leaves a scheduled campaign to its schedule', async () => {
    await send({ needsApproval: true, sendAt: later(HOUR) });
    await accepting.decide('october', 'approve');

    expect([await state(), steps(), [...accepting.scheduled.keys()]]).toEqual(['approved', [], ['sendAt-october']]);
  });

  it('approval schedules a campaign whose request was interrupted before that, and not repeated', async () => {
    // The request to SES for the sender's domain comes before the schedule.
    accepting.outside.fault = { at: 1, moment: 'before it was taken' };
    const broken = await send({ needsApproval: true, sendAt: later(HOUR), expiresAt: later(2 * HOUR) });
    expect([broken.status, accepting.scheduled.size]).toEqual([500, 0]);
    await accepting.decide('october', 'approve');

    expect([steps(), [...accepting.scheduled.keys()]]).toEqual([[], ['sendAt-october', 'expiresAt-october']]);
  });

  it('approval covers all recipients: none can be added after it, and it is rejected before they are complete', async () => {
    await send({ needsApproval: true });
    accepting.failing(10);
    const broken = Array.from({ length: 20 }, (_, n) => `bo${n}@example.com`);
    expect((await accepting.add('october', named(...broken), { key: 'broken' })).status).toBe(500);
    accepting.failing(undefined);
    const early = await accepting.decide('october', 'approve');
    await accepting.add('october', named(...broken), { key: 'broken' });
    const approved = await accepting.decide('october', 'approve');
    const late = await accepting.add('october', named('cy@example.com'), { key: 'late' });

    expect([early.status, early.body.detail]).toEqual([
      409,
      'The request with the Idempotency-Key broken has not added all its recipients yet: wait for it, or repeat it.',
    ]);
    expect(approved.status).toBe(202);
    expect([late.status, late.body.detail]).toEqual([
      409,
      'The campaign is approved as it is: it accepts no more recipients.',
    ]);
    expect(await accepting.emails()).toHaveLength(21);
  });

  it.each([
    ['cancel', 'canceled'],
    ['quarantine', 'quarantined'],
  ] as const)('%s ends it wherever it stands, takes its schedules away, and stays', async (what, end) => {
    await send({ sendAt: later(HOUR), expiresAt: later(2 * HOUR) });
    const { status, body } = await accepting.decide('october', what);

    expect([status, body]).toEqual([202, { campaignId: 'october', state: end }]);
    expect([await state(), accepting.scheduled.size, steps()]).toEqual([end, 0, [goOn]]);
    expect((await accepting.decide('october', what)).status).toBe(202);
    for (const other of ['approve', what === 'cancel' ? 'quarantine' : 'cancel'] as const) {
      const refused = await accepting.decide('october', other);
      expect([refused.status, refused.body.detail]).toEqual([409, `The campaign is ${end}.`]);
    }
    const more = await accepting.add('october', named('bo@example.com'), { key: 'k2' });
    expect([more.status, more.body.detail]).toEqual([409, `The campaign is ${end}: it accepts no more recipients.`]);
  });

  it('canceling works during sending, and during a request, whose emails then end too', async () => {
    await send({ sendAt: later(HOUR) });
    accepting.failing(10);
    const names = named(...Array.from({ length: 20 }, (_, n) => `bo${n}@example.com`));
    await accepting.add('october', names, { key: 'broken' });
    accepting.failing(undefined);
    expect((await accepting.decide('october', 'cancel')).status).toBe(202);
    const repeated = await accepting.add('october', names, { key: 'broken' });

    expect([repeated.status, repeated.body.state]).toEqual([202, 'canceled']);
    expect(Object.keys(repeated.body.byStatus).every((status) => ['queued', 'canceled'].includes(status))).toBe(true);
    expect(steps()).toEqual([goOn, goOn]);
  });

  it('a resend answers how many failed emails match, by their rows: by addresses, by reason, or both', async () => {
    await send();
    const failed = { campaignId: 'october', reason: 'x' };
    for (const id of ['m1', 'm2']) await accepting.put(aRow(id, 'failed_sending', failed));
    await accepting.put(aRow('m3', 'failed_sending', { reason: 'y' }));
    await accepting.put(aRow('m4', 'sent', failed));
    await accepting.put(aRow('m5', 'failed_sending', { ...failed, campaignId: 'may', campaignShard: 'may/0' }));
    let asked = 0;
    const to = async (body: object) => (await accepting.resend('october', body, { key: `r${asked++}` })).body;

    expect(await to({ reason: 'x' })).toEqual({
      ...{ campaignId: 'october', state: 'started' },
      ...{ matched: 2, matchedIsExact: true },
    });
    expect(await to({ reason: 'no such' })).toMatchObject({ matched: 0, matchedIsExact: true });
    expect(await to({ recipients: ['M1@example.com', 'm3@example.com', 'm4@example.com'] })).toMatchObject({
      matched: 2,
    });
    expect(await to({ recipients: ['m1@example.com', 'm3@example.com'], reason: 'y' })).toMatchObject({ matched: 1 });
  });

  it('invalid changes are rejected: approval of a campaign that needs none, and any change of an expired or unknown one', async () => {
    await send({ expiresAt: later(HOUR) });
    expect((await accepting.decide('october', 'approve')).body.detail).toBe('The campaign needs no approval.');
    accepting.clock.now = later(HOUR);
    for (const what of ['approve', 'quarantine', 'cancel'] as const) {
      const refused = await accepting.decide('october', what);
      expect([refused.status, refused.body.detail]).toEqual([409, 'The campaign has expired.']);
      expect((await accepting.decide('unknown', what)).status).toBe(404);
    }
    expect((await accepting.add('october', named('bo@example.com'), { key: 'k2' })).body.detail).toBe(
      'The campaign has expired.',
    );
    expect((await accepting.add('unknown', named('bo@example.com'), { key: 'k3' })).status).toBe(404);
  });

  it('a resend is by addresses, folded and each once, or by reason, and only of a started campaign', async () => {
    await send();
    const { status } = await accepting.resend(
      'october',
      { recipients: ['Ann@Example.com', 'ann@example.com'], reason: 'outcome unknown' },
      { key: 'r1' },
    );
    await accepting.resend('october', { reason: 'outcome unknown' }, { key: 'r2' });

    expect(status).toBe(202);
    expect(steps().slice(1)).toEqual([
      {
        campaignId: 'october',
        why: 'resend',
        askedAt: NOW,
        recipients: ['ann@example.com'],
        reason: 'outcome unknown',
      },
      { campaignId: 'october', why: 'resend', askedAt: NOW, reason: 'outcome unknown' },
    ]);
    expect((await accepting.resend('october', {}, { key: 'r3' })).status).toBe(400);
    expect((await accepting.resend('unknown', { reason: 'x' }, { key: 'r4' })).status).toBe(404);
    await accepting.decide('october', 'cancel');
    expect(await accepting.resend('october', { reason: 'x' }, { key: 'r5' })).toMatchObject({
      status: 409,
      body: { detail: 'The campaign is canceled: no more of its emails are sent.' },
    });
  });
});
