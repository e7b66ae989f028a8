import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concernsSesList, isMirrored, wantedOnSesList } from '../../lambdas/domain/suppression/ses-list.ts';
import { engines } from '../support/engine.ts';
import { faultySes, type Turn } from './faulty-ses.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('the mirror on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  const onList = () => Object.fromEntries([...on.ses.entries].map(([spelling, { reason }]) => [spelling, reason]));
  const calls = () => on.ses.calls.map(({ name }) => name.replace('SuppressedDestinationCommand', ''));

  it.each([
    ['complaint', 'COMPLAINT'],
    ['bounce', 'BOUNCE'],
    ['repeated_soft_bounce', 'BOUNCE'],
    ['manual', 'BOUNCE'],
  ] as const)('puts a %s on SES’s list as %s, in the spelling that was seen', async (cause, reason) => {
    expect(await on.table.begins(on.ann, cause, on.ann.toUpperCase())).toHaveLength(1);
    await on.table.mirror(on.ann);

    expect(onList()).toEqual({ [on.ann.toUpperCase()]: reason });
    expect(await on.table.rows.get(on.ann)).toMatchObject({ sesList: { wanted: reason, reason } });
  });

  it('sends no request to SES if a recipient only unsubscribed, whatever is on its list', async () => {
    on.ses.put(on.ann, 'BOUNCE');

    expect(await on.table.begins(on.ann, 'unsubscribe')).toEqual([]);
    await on.table.mirror(on.ann);
    expect([onList(), on.ses.calls]).toEqual([{ [on.ann]: 'BOUNCE' }, []]);
  });

  it('adds nothing that SES has already, and never a bounce over a complaint', async () => {
    on.ses.put(on.ann, 'COMPLAINT');
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);

    expect([onList(), calls()]).toEqual([{ [on.ann]: 'COMPLAINT' }, ['Get']]);
    expect(on.table.work).toHaveLength(1);
  });

  it('changes a bounce to a complaint, under the listed spelling', async () => {
    on.ses.put(on.ann.toUpperCase(), 'BOUNCE');
    await on.table.begins(on.ann, 'complaint');
    await on.table.begins(on.ann, 'complaint', on.ann.toUpperCase());
    await on.table.mirror(on.ann);

    expect(onList()).toEqual({ [on.ann.toUpperCase()]: 'COMPLAINT' });
  });

  it('changes a complaint to a bounce only after that complaint ended in Mailtrail', async () => {
    await on.table.begins(on.ann, 'complaint');
    await on.table.begins(on.ann, 'bounce');
    await on.table.mirror(on.ann);
    expect(await on.table.ends(on.ann)).toHaveLength(1);
    await on.table.mirror(on.ann);

    expect(onList()).toEqual({ [on.ann]: 'BOUNCE' });
  });

  it('removes every known spelling, and ignores one that is not listed', async () => {
    for (const spelling of [on.ann, on.ann.toUpperCase(), `A${on.ann.slice(1)}`])
      await on.table.begins(on.ann, 'bounce', spelling);
    on.ses.put(on.ann.toUpperCase(), 'BOUNCE');
    on.ses.put(`A${on.ann.slice(1)}`, 'COMPLAINT');
    await on.table.lift(on.ann);

    expect(await on.table.mirror(on.ann)).toBe(true);
    expect([onList(), calls()]).toEqual([{}, ['Delete', 'Delete', 'Delete']]);
  });

  it('queues no job for its own writes, nor for SES’s reports of its list', async () => {
    await on.table.begins(on.ann, 'bounce');
    await on.table.mirror(on.ann);
    await on.table.lift(on.ann);
    await on.table.mirror(on.ann);

    expect(on.table.work).toEqual([on.ann, on.ann]);
  });

  it('gets no job for another bounce, but for a new spelling of a removed address', async () => {
    await on.table.begins(on.ann, 'bounce');
    await on.table.mirror(on.ann);
    expect(await on.table.begins(on.ann, 'bounce')).toEqual([]);
    await on.table.lift(on.ann);
    await on.table.mirror(on.ann);

    expect(await on.table.begins(on.ann, 'unsubscribe', on.ann.toUpperCase())).toHaveLength(1);
  });

  it('reads the row again if it changed meanwhile', async () => {
    await on.table.begins(on.ann, 'bounce');
    on.ses.state.during = async (call) => void (call === 2 && (await on.table.lift(on.ann)));
    await on.table.mirror(on.ann);

    expect([onList(), calls()]).toEqual([{}, ['Get', 'Put', 'Delete']]);
  });

  it('waits for SES while there is time, and then reports the message as failed', async () => {
    await on.table.begins(on.ann, 'bounce');
    on.ses.state.turns = ['throttled', 'failed', 'slow', 'failed', 'well'];
    expect(await on.table.mirror(on.ann)).toBe(true);

    on.ses.state.turns = Array(20).fill('throttled');
    await on.table.lift(on.ann);
    expect(await on.table.mirror(on.ann)).toBe(false);
    expect(JSON.stringify(on.table.said)).not.toContain(on.ann);
  });

  it('fails at once if SES rejects a request', async () => {
    await on.table.begins(on.ann, 'bounce');
    on.ses.state.turns = ['refused'];

    expect(await on.table.mirror(on.ann)).toBe(false);
    expect(on.ses.calls).toHaveLength(1);
  });

  it('leaves the address pending in the sandbox, and does not fail on it', async () => {
    on.ses.state.sandbox = true;
    await on.table.begins(on.ann, 'bounce');

    expect(await on.table.mirror(on.ann)).toBe(true);
    const item = await on.table.rows.get(on.ann);
    expect(item && isMirrored(item, on.ses.now())).toBe(false);
  });

  it('makes SES’s list equal to the table, at one request a second, with any faults and changes meanwhile', async () => {
    const person = fc.constantFrom('a', 'b');
    const spelling = fc.constantFrom('', 'X');
    const change = fc.record({
      what: fc.constantFrom('bounce', 'complaint', 'suppress', 'lift', 'lift', 'not-spam', 'unsubscribe'),
      person,
      spelling,
    });
    type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;
    const turn = fc.constantFrom<Turn>('well', 'well', 'well', 'throttled', 'failed', 'answer lost', 'slow');
    const step = fc.oneof(change, fc.record({ what: fc.constant('mirror'), time: fc.constantFrom(60_000, 60_000, 0) }));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 10 }),
        fc.array(turn, { maxLength: 25 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), change), { maxLength: 2 }),
        async (steps, turns, meanwhile) => {
          on.ses = faultySes();
          on.ses.state.turns = [...turns];
          on.table.work.length = 0;
          const prefix = `run${run++}-${Date.now()}`;
          const apply = async ({ what, person: name, spelling: more }: Change) => {
            const address = `${prefix}${name}@example.com`;
            const spelled = more === '' ? address : `${prefix}${name.toUpperCase()}@example.com`;
            if (what === 'suppress') return on.table.suppress(address, spelled);
            if (what === 'lift') return on.table.lift(address);
            if (what === 'not-spam') return on.table.ends(address);
            return on.table.begins(address, what as 'bounce', spelled);
          };
          on.ses.state.during = async (call) => {
            for (const [at, happens] of meanwhile) if (at === call) await apply(happens);
          };
          const work = async (time: number) => {
            const [first] = on.table.work.splice(0, 1);
            if (first !== undefined && !(await on.table.mirror(first, time))) on.table.work.unshift(first);
          };
          for (const one of steps) await ('time' in one ? work(one.time) : apply(one));
          for (let turnsLeft = 60; on.table.work.length > 0 && turnsLeft > 0; turnsLeft--) await work(60_000);

          expect(on.table.work).toEqual([]);
          for (const name of ['a', 'b']) {
            const item = await on.table.rows.get(`${prefix}${name}@example.com`);
            const listed = [...on.ses.entries].filter(([one]) => one.toLowerCase() === `${prefix}${name}@example.com`);
            if (item === undefined || !concernsSesList(item, on.ses.now())) continue;
            const wanted = wantedOnSesList(item, on.ses.now());
            expect(isMirrored(item, on.ses.now())).toBe(true);
            const reasons = listed.map(([, { reason }]) => reason);
            if (wanted === 'NOTHING') expect(reasons).toEqual([]);
            // A complaint that SES received after it ended in Mailtrail stays: it is not weaker.
            else expect(reasons).toContain(reasons.includes('COMPLAINT') ? 'COMPLAINT' : wanted);
            if (wanted === 'COMPLAINT') expect(reasons).toContain('COMPLAINT');
          }
          const gaps = on.ses.calls.slice(1).map(({ at }, index) => at - (on.ses.calls[index]?.at ?? 0));
          for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_000);
        },
      ),
      { numRuns: 40 },
    );
  });
});
