import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, NOW, named, startAccepting } from '../accept-mail/set-up.ts';
import { type Advancing, advancing } from './set-up.ts';

const HOUR = 3_600_000;
const PEOPLE = named('ann@example.com', 'bo@example.com', 'cy@example.com');
const START = { campaignId: 'october', why: 'start' };
const SEND_AT = { campaignId: 'october', why: 'sendAt' };
const EXPIRES_AT = { campaignId: 'october', why: 'expiresAt' };

describe.each(engines())('a campaign advances, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  let to: Advancing;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
    to = advancing(accepting);
  });
  afterEach(() => accepting.drop());

  const ids = async () => (await accepting.emails()).map(({ messageId }) => messageId).sort();
  const queued = () => to.emails.map(({ messageId }) => messageId).sort();
  const statuses = async () => (await accepting.emails()).map(({ status }) => status);
  const state = async () => (await accepting.parts()).plan.state;
  const pages = async () => Object.keys(await accepting.parts()).filter((part) => part.startsWith('page#')).length;

  it('into the queue, each of its emails once and only by ids, and has no pages left', async () => {
    await accepting.send({ recipients: PEOPLE });
    expect(await to.run(START)).toBe(true);

    expect(queued()).toEqual(await ids());
    expect(new Set(to.emails.map(({ mailingId }) => mailingId))).toEqual(new Set(['october']));
    expect([await state(), await pages(), await statuses()]).toEqual(['started', 0, Array(3).fill('queued')]);
    expect(JSON.stringify([to.emails, to.said])).not.toContain('example.com');

    expect(await to.run(START)).toBe(true);
    expect(to.emails).toHaveLength(3);
  });

  it('at its time and not before, however often a message arrives', async () => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR) });
    for (const step of [START, SEND_AT]) await to.run(step);
    expect([to.emails, await state()]).toEqual([[], 'planned']);

    accepting.clock.now = later(HOUR);
    await to.run(SEND_AT);
    expect([queued(), await state()]).toEqual([await ids(), 'started']);
  });

  it('not by a schedule while it waits for approval, and at once when it is approved after that', async () => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR), needsApproval: true });
    accepting.clock.now = later(HOUR + 1);
    await to.run(SEND_AT);
    expect([to.emails, await state()]).toEqual([[], 'pending_approval']);

    await accepting.decide('october', 'approve');
    await to.run(accepting.sent.at(-1)?.body);
    expect([queued(), await state()]).toEqual([await ids(), 'started']);
  });

  it('at its time when it was approved before', async () => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR), needsApproval: true });
    await accepting.decide('october', 'approve');
    await to.run(START);
    expect([to.emails, await state()]).toEqual([[], 'approved']);

    accepting.clock.now = later(HOUR);
    await to.run(SEND_AT);
    expect([queued(), await state()]).toEqual([await ids(), 'started']);
  });

  it('not while a request has not added all its recipients', async () => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR) });
    accepting.failing(8);
    await accepting.add('october', named('di@example.com'), { key: 'k2' });
    accepting.failing(undefined);
    accepting.clock.now = later(HOUR);
    await to.run(SEND_AT);
    expect([to.emails, await state(), (await accepting.parts()).plan.openCalls.length]).toEqual([[], 'planned', 1]);
  });

  it('a little later if the schedule’s clock is ahead of the function’s, and not at all for a time in the past', async () => {
    const times = { sendAt: later(HOUR), expiresAt: later(2 * HOUR), needsApproval: true };
    await accepting.send({ recipients: PEOPLE, ...times });
    accepting.clock.now = later(HOUR - 1_200);
    await to.run(SEND_AT);
    expect(to.steps).toEqual([{ step: SEND_AT, delay: 2 }]);

    accepting.clock.now = later(2 * HOUR - 1);
    await to.run(SEND_AT);
    await to.run(EXPIRES_AT);
    expect(to.steps.slice(1)).toEqual([{ step: EXPIRES_AT, delay: 1 }]);
    expect(to.emails).toEqual([]);
  });

  it('to its end if it expired before it started: every email is expired, without values', async () => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR), expiresAt: later(2 * HOUR), needsApproval: true });
    accepting.clock.now = later(2 * HOUR);
    await to.run(EXPIRES_AT);

    expect([await state(), await pages(), to.emails]).toEqual(['expired', 0, []]);
    for (const email of await accepting.emails()) {
      expect(email).toMatchObject({ status: 'expired', rank: 75, statusAt: later(2 * HOUR) });
      expect(email).not.toHaveProperty('values');
    }
  });

  it('no further if it expires after all of it was queued', async () => {
    await accepting.send({ recipients: PEOPLE, expiresAt: later(HOUR) });
    await to.run(START);
    accepting.clock.now = later(HOUR);
    await to.run(EXPIRES_AT);

    expect([await state(), await statuses()]).toEqual(['started', Array(3).fill('queued')]);
  });

  it.each([
    ['cancel', 'canceled', 73],
    ['quarantine', 'quarantined', 74],
  ] as const)('to its end when a person says %s', async (what, status, rank) => {
    await accepting.send({ recipients: PEOPLE, sendAt: later(HOUR) });
    await accepting.decide('october', what);
    await to.run(accepting.sent.at(-1)?.body);

    expect([await pages(), to.emails]).toEqual([0, []]);
    for (const email of await accepting.emails()) expect(email).toMatchObject({ status, rank });
  });

  it('no further if it is canceled or expires in the middle', async () => {
    for (const [campaignId, end] of [
      ['october', () => accepting.decide('october', 'cancel')],
      [
        'november',
        async () => {
          accepting.clock.now = later(HOUR);
        },
      ],
    ] as const) {
      to.emails.length = 0;
      await accepting.send({ campaignId, recipients: PEOPLE, expiresAt: later(HOUR) }, { key: campaignId });
      const { 'page#': _, ...parts } = await accepting.parts(campaignId);
      const [page = '', item] = Object.entries(parts).find(([part]) => part.startsWith('page#')) ?? [];
      await to.putPages(campaignId, [[item.ids[0]], [item.ids[1]], [item.ids[2]]]);
      await accepting.documents.send(
        new DeleteCommand({ TableName: accepting.tables.mailings, Key: { campaignId, part: page } }),
      );
      to.on.batch = async () => void (await end());
      await to.run({ campaignId, why: 'start' });
      to.on.batch = async () => {};

      const byId = new Map((await accepting.emails()).map(({ messageId, status }) => [messageId, status]));
      const ended = campaignId === 'october' ? 'canceled' : 'expired';
      expect(to.emails.map(({ messageId }) => messageId)).toEqual([item.ids[0]]);
      expect(item.ids.map((id: string) => byId.get(id))).toEqual(['queued', ended, ended]);
      expect((await accepting.parts(campaignId)).plan.state).toBe(ended);
    }
  });

  it('without changing emails that are being sent or were sent, and without restoring those of erased people', async () => {
    await accepting.send({ recipients: named('a@example.com', 'b@example.com'), sendAt: later(HOUR) });
    const [gone, sending] = await accepting.emails();
    const { messageId, recipient } = gone;
    await accepting.documents.send(
      new DeleteCommand({ TableName: accepting.tables.emailStatus, Key: { messageId, recipient } }),
    );
    await accepting.put({ ...sending, status: 'sending', rank: 60, spellings: new Set(sending.spellings) });
    await accepting.decide('october', 'cancel');
    await to.run({ campaignId: 'october', why: 'continue' });

    expect([await statuses(), await pages()]).toEqual([['sending'], 0]);
  });

  it('in several steps if there is much to do', async () => {
    await accepting.send({ recipients: PEOPLE });
    await to.putPages('october', [['x'], ['y'], ['z']]);
    const runs = await to.runOn(START, () => 10_000);

    expect(runs).toBe(4);
    expect(queued()).toEqual([...(await ids()), 'x', 'y', 'z'].sort());
    expect(await pages()).toBe(0);
  });

  it('although SQS rejects some of a batch; if it keeps rejecting them, the page stays', async () => {
    await accepting.send({ recipients: PEOPLE });
    const [first] = await ids();
    let refused = 0;
    to.turn.refuse = (id) => id === first && refused++ < 2;
    expect([await to.run(START), queued()]).toEqual([true, await ids()]);

    await to.putPages('october', [['x']]);
    to.turn.refuse = () => true;
    expect([await to.run(START), await pages()]).toEqual([false, 1]);
  });

  it('not by an unreadable message; one for an unknown campaign is acknowledged', async () => {
    for (const body of ['', '{}', 'null', '[]', '{"campaignId":7}']) expect(await to.runBody(body)).toBe(false);
    for (const more of [{}, { reason: 7, askedAt: NOW }, { recipients: [7], askedAt: NOW }, { reason: 'x' }]) {
      expect(await to.run({ campaignId: 'october', why: 'resend', ...more })).toBe(false);
    }
    expect(await to.run({ campaignId: 'nobody-knows', why: 'start' })).toBe(true);
    expect(await to.run({ campaignId: 'nobody-knows', why: 'a newer word' })).toBe(true);
  });
});
