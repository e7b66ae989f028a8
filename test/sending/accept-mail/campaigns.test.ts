import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, NOW, named, startAccepting } from './set-up.ts';

const HOUR = 3_600_000;

describe.each(engines())('a campaign, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('is stored completely: plan, content, page, and a row for each recipient; then its start is queued', async () => {
    const { status, body } = await accepting.send({
      recipients: [...named('Ann@Example.com'), { email: 'bo@example.net', skip: 'no balance due' }],
    });

    expect([status, body]).toEqual([
      202,
      { campaignId: 'october', state: 'started', recipients: 2, byStatus: { queued: 1, skipped: 1 }, warnings: [] },
    ]);
    const [ann, bo] = await accepting.emails();
    expect(ann).toMatchObject({
      ...{ recipient: 'ann@example.com', sendTo: 'Ann@Example.com', spellings: ['Ann@Example.com'] },
      ...{ status: 'queued', rank: 40, statusAt: NOW, createdAt: NOW, campaignId: 'october', category: 'statement' },
      ...{ subject: 'Your statement, Ann', from: 'Office <office@club.example>', values: { name: 'Ann' } },
      dayShard: expect.stringMatching(/^2026-11-25\/[0-7]$/),
      campaignShard: expect.stringMatching(/^october\/[0-7]$/),
      messageId: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/),
      deleteAfter: Date.parse(NOW) / 1000 + 400 * 86_400,
    });
    expect(bo).toMatchObject({ status: 'skipped', rank: 70, reason: 'no balance due' });
    expect(bo).not.toHaveProperty('values');
    const { plan, content, ...others } = await accepting.parts();
    expect(plan).toMatchObject({ state: 'started', recipients: 2, preventDuplicates: true, unsubscribable: true });
    expect(plan).not.toHaveProperty('openCalls');
    expect(content).toMatchObject({ subject: 'Your statement, {{name}}', html: '<p>Dear {{name}}</p>' });
    const [call, page] = ['call#', 'page#'].map((prefix) =>
      Object.keys(others).filter((part) => part.startsWith(prefix)),
    );
    expect(call).toEqual([expect.stringMatching(/^call#key-1\.[\w-]{11}$/)]);
    expect(page?.map((part) => others[part].ids)).toEqual([[ann.messageId]]);
    expect(JSON.stringify(Object.values(others))).not.toContain('example.com');
    expect(accepting.sent).toEqual([{ queue: 'campaigns', body: { campaignId: 'october', why: 'start' } }]);
    expect(accepting.scheduled.size).toBe(0);
  });

  it('gives each recipient the status of the send policy, with the reason', async () => {
    const cause = { at: later(-HOUR), source: 'api' };
    await accepting.suppress({ address: 'sup@example.com', manual: cause });
    await accepting.suppress({
      address: 'left@example.com',
      'unsubscribe:statement': { ...cause, source: 'unsubscribe' },
    });
    await accepting.suppress({ address: 'other@example.com', 'unsubscribe:news': { ...cause, source: 'unsubscribe' } });
    const { body } = await accepting.send({
      recipients: [
        ...named(
          'ann@example.com',
          'nobody',
          'ünï@example.com',
          'sup@example.com',
          'left@example.com',
          'other@example.com',
        ),
        ...named(' ANN@example.com '),
        { email: 'cy@example.com' },
        { email: 'dan@example.com', skip: 'left the club' },
        { email: '   ', values: { name: 'x' } },
        { email: '*', values: { name: 'x' } },
      ],
    });

    expect(body.byStatus).toEqual({
      ...{ queued: 2, invalid_address: 4, suppressed: 1, canceled_unsubscribed: 1, canceled_duplicate: 1 },
      ...{ failed_rendering: 1, skipped: 1 },
    });
    const told = (await accepting.emails()).map(({ recipient, status, reason }) => [recipient, status, reason]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['()', 'invalid_address', 'Not an email address'],
        ['(*)', 'invalid_address', 'Not an email address'],
        ['ann@example.com', 'queued', undefined],
        ['ann@example.com', 'canceled_duplicate', undefined],
        ['cy@example.com', 'failed_rendering', 'Missing value: name'],
        ['dan@example.com', 'skipped', 'left the club'],
        ['left@example.com', 'canceled_unsubscribed', 'Unsubscribed from the category statement'],
        ['sup@example.com', 'suppressed', 'The address was suppressed by staff'],
        ['other@example.com', 'queued', undefined],
      ]),
    );
    expect(told).toHaveLength(11);
  });

  it('sends to an address once, within a request and across requests, unless duplicates are allowed', async () => {
    const far = { sendAt: later(HOUR) };
    await accepting.send({ ...far, recipients: named('ann@example.com') });
    const more = await accepting.add('october', named('Ann@example.com', 'bo@example.com', 'bo@EXAMPLE.com'), {
      key: 'k2',
    });

    expect(more.body).toMatchObject({ recipients: 3, byStatus: { canceled_duplicate: 2, queued: 1 } });
    const all = { ...far, campaignId: 'all', preventDuplicates: false };
    const { body } = await accepting.send(
      { ...all, recipients: named('ann@example.com', 'ann@example.com') },
      { key: 'k3' },
    );
    expect(body.byStatus).toEqual({ queued: 2 });
  });

  it('leaves an address to the next entry if the first is skipped: one of two accounts has a balance', async () => {
    const { body } = await accepting.send({
      recipients: [{ email: 'ann@example.com', skip: 'no balance' }, ...named('ann@example.com', 'ann@example.com')],
    });

    expect(body.byStatus).toEqual({ skipped: 1, queued: 1, canceled_duplicate: 1 });
  });

  it('waits for its time: with a schedule each for its start and its end, rounded up to whole seconds', async () => {
    const [sendAt, expiresAt] = [later(HOUR + 1), later(2 * HOUR)];
    const { body } = await accepting.send({ sendAt, expiresAt, recipients: named('ann@example.com') });

    expect(body.state).toBe('planned');
    expect([...accepting.scheduled.values()]).toEqual([
      expect.objectContaining({
        Name: 'sendAt-october',
        GroupName: 'group',
        ScheduleExpression: 'at(2026-11-25T13:00:01)',
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: 'arn:queue', RoleArn: 'arn:role', Input: '{"campaignId":"october","why":"sendAt"}' },
      }),
      expect.objectContaining({ Name: 'expiresAt-october', ScheduleExpression: 'at(2026-11-25T14:00:00)' }),
    ]);
    expect(accepting.sent).toEqual([]);
    expect((await accepting.parts()).plan).toMatchObject({ state: 'planned', sendAt, expiresAt });
  });

  it('has schedules of its own for an id of any length', async () => {
    for (const end of ['1', '2']) {
      const campaignId = `${'c'.repeat(63)}${end}`;
      await accepting.send({ campaignId, sendAt: later(HOUR), recipients: named('ann@example.com') }, { key: end });
    }

    expect(accepting.scheduled.size).toBe(2);
    for (const name of accepting.scheduled.keys()) expect(name).toMatch(/^[\w-]{1,64}$/);
  });

  it('starts at once if its time is past, and is shown as expired if its end is', async () => {
    const started = await accepting.send({ sendAt: later(-1), recipients: named('ann@example.com') });
    const over = await accepting.send(
      { campaignId: 'over', expiresAt: later(-1), recipients: named('ann@example.com') },
      { key: 'k2' },
    );

    expect([started.body.state, started.body.byStatus]).toEqual(['started', { queued: 1 }]);
    expect(over.body.byStatus).toEqual({ expired: 1 });
  });

  it('uses its id forever', async () => {
    await accepting.send({ recipients: named('ann@example.com') });
    const again = await accepting.send({ recipients: named('bo@example.com') }, { key: 'k2' });

    expect([again.status, again.body.detail]).toEqual([
      409,
      'A campaign with this campaignId exists. Use another one.',
    ]);
    expect(await accepting.emails()).toHaveLength(1);
  });

  it('does not start while another of its requests is open, and is started by the one that closes last', async () => {
    await accepting.send({ sendAt: later(HOUR), recipients: named('ann@example.com') });
    accepting.failing(5);
    const names = Array.from({ length: 30 }, (_, n) => `bo${n}@example.com`);
    expect((await accepting.add('october', named(...names), { key: 'broken' })).status).toBe(500);
    accepting.failing(undefined);
    accepting.clock.now = later(HOUR);
    const whole = await accepting.add('october', named('cy@example.com'), { key: 'whole' });
    expect([whole.status, whole.body.state]).toEqual([202, 'planned']);
    expect(accepting.sent).toEqual([]);
    const last = await accepting.add('october', named(...names), { key: 'broken' });

    expect([last.body.state, last.body.byStatus]).toEqual(['started', { queued: 30 }]);
    expect(accepting.sent.map(({ body }) => body)).toEqual([{ campaignId: 'october', why: 'start' }]);
    expect((await accepting.parts()).plan).toMatchObject({ state: 'started', recipients: 32 });
  });
});
