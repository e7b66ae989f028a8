import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, CAMPAIGN, named, startAccepting } from './set-up.ts';

const ann = named('ann@example.com');

// Rejected before any table is read: one engine is enough.
describe('a request that is too much', () => {
  let accepting: Accepting;
  beforeAll(async () => {
    accepting = await startAccepting(engines()[0]?.endpoint ?? '');
  });
  afterAll(async () => {
    expect([await accepting.emails(), await accepting.parts(), accepting.sent]).toEqual([[], {}, []]);
    await accepting.drop();
  });

  type Told = { parameter: string; message: string };
  /** Milliseconds for a rejection. Generous for slow machines: quadratic time would take minutes. */
  const QUICK = 3_000;
  const quickly = async (body: string) => {
    const begun = performance.now();
    const answer = await accepting.ask('POST /v1/campaigns', body);
    expect([answer.status, performance.now() - begun < QUICK]).toEqual([400, true]);
    expect(JSON.stringify(answer.body).length).toBeLessThan(1_000_000);
    return answer.body.errors as Told[];
  };
  const bodyWith = (recipients: unknown, more: object = {}) => JSON.stringify({ ...CAMPAIGN, ...more, recipients });

  it('is rejected quickly: a body of 10 MB, unread', async () => {
    expect(await quickly(bodyWith(ann, { text: 'x'.repeat(10_000_000) }))).toEqual([
      { parameter: 'body', message: 'must have at most 6 MB' },
    ]);
  });

  it('is rejected quickly: 5,001 recipients', async () => {
    expect(await quickly(bodyWith(Array(5_001).fill(ann[0])))).toEqual([
      { parameter: 'recipients', message: 'must be a list of 1 to 5000' },
    ]);
  });

  it('is rejected quickly: JSON a million levels deep', async () => {
    for (const deep of [`${'['.repeat(1e6)}${']'.repeat(1e6)}`, `${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`]) {
      await quickly(deep);
      await quickly(`{"recipients":${deep}}`);
      await quickly(`{"recipients":[{"email":"x","values":{"name":${deep}}}]}`);
    }
  });

  it('is rejected quickly: 10,000 keys, wherever they are', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`key${n}`, n]));

    expect(await quickly(bodyWith(ann, many))).toHaveLength(20);
    expect(await quickly(bodyWith([{ email: 'a@example.com', values: many }]))).toHaveLength(1);
    expect(await quickly(bodyWith([{ email: 'a@example.com', ...many }]))).toHaveLength(20);
  });

  it('is rejected quickly: a template of 250,000 braces', async () => {
    for (const part of ['{', '{{', '}}', '{{a', '{{ ', '{{!', '{{#a}}']) {
      await quickly(bodyWith(ann, { html: part.repeat(Math.floor(262_000 / part.length)), subject: '' }));
    }
  });

  it('names 5,000 bad recipients, and the number of further errors', async () => {
    const told = await quickly(bodyWith(Array(5_000).fill({ email: '', skip: '' })));

    expect(told).toHaveLength(5_001);
    expect(told.at(-1)).toEqual({ parameter: 'body', message: 'has 5000 more errors than are named here' });
  });
});
