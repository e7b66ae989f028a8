import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { concernsSesList, isMirrored, wantedOnSesList } from '../../lambdas/domain/suppression/ses-list.ts';
import { engines } from '../support/engine.ts';
import { type FaultySes, faultySes, type Turn } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('the mirror on $name', ({ endpoint }) => {
  let ses: FaultySes = faultySes();
  let table: Awaited<ReturnType<typeof mirroredTable>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    table = await mirroredTable(endpoint, () => ses);
  });
  afterAll(() => table?.drop());
  beforeEach(() => {
    ses = faultySes();
    table.work.length = 0;
    ann = `ann${people++}@example.com`;
  });
  const onList = () => Object.fromEntries([...ses.entries].map(([spelling, { reason }]) => [spelling, reason]));
  const calls = () => ses.calls.map(({ name }) => name.replace('SuppressedDestinationCommand', ''));

  it.each([
    ['complaint', 'COMPLAINT'],
    ['bounce', 'BOUNCE'],
    ['repeated_soft_bounce', 'BOUNCE'],
    ['manual', 'BOUNCE'],
  ] as const)('puts a %s on SES’s list as %s, in the spelling that was seen', async (cause, reason) => {
    expect(await table.begins(ann, cause, ann.toUpperCase())).toHaveLength(1);
    await table.mirror(ann);

    expect(onList()).toEqual({ [ann.toUpperCase()]: reason });
    expect(await table.rows.get(ann)).toMatchObject({ sesList: { wanted: reason, reason } });
  });

  it('leaves SES alone where somebody only unsubscribed, whatever is on its list', async () => {
    ses.put(ann, 'BOUNCE');

    expect(await table.begins(ann, 'unsubscribe')).toEqual([]);
    await table.mirror(ann);
    expect([onList(), ses.calls]).toEqual([{ [ann]: 'BOUNCE' }, []]);
  });

  it('puts nothing where SES has it already, and never a bounce over a complaint', async () => {
    ses.put(ann, 'COMPLAINT');
    await table.suppress(ann);
    await table.mirror(ann);

    expect([onList(), calls()]).toEqual([{ [ann]: 'COMPLAINT' }, ['Get']]);
    expect(table.work).toHaveLength(1);
  });

  it('makes a complaint of a bounce, under the spelling that is there', async () => {
    ses.put(ann.toUpperCase(), 'BOUNCE');
    await table.begins(ann, 'complaint');
    await table.begins(ann, 'complaint', ann.toUpperCase());
    await table.mirror(ann);

    expect(onList()).toEqual({ [ann.toUpperCase()]: 'COMPLAINT' });
  });

  it('makes a bounce of a complaint only after that complaint ended here', async () => {
    await table.begins(ann, 'complaint');
    await table.begins(ann, 'bounce');
    await table.mirror(ann);
    expect(await table.ends(ann)).toHaveLength(1);
    await table.mirror(ann);

    expect(onList()).toEqual({ [ann]: 'BOUNCE' });
  });

  it('takes every spelling off that was seen, and one that is not there is fine', async () => {
    for (const spelling of [ann, ann.toUpperCase(), `A${ann.slice(1)}`]) await table.begins(ann, 'bounce', spelling);
    ses.put(ann.toUpperCase(), 'BOUNCE');
    ses.put(`A${ann.slice(1)}`, 'COMPLAINT');
    await table.lift(ann);

    expect(await table.mirror(ann)).toBe(true);
    expect([onList(), calls()]).toEqual([{}, ['Delete', 'Delete', 'Delete']]);
  });

  it('makes no work of its own writes, nor of what SES says of its list itself', async () => {
    await table.begins(ann, 'bounce');
    await table.mirror(ann);
    await table.lift(ann);
    await table.mirror(ann);

    expect(table.work).toEqual([ann, ann]);
  });

  it('is not asked again for more of the same, but for a new spelling of what was lifted', async () => {
    await table.begins(ann, 'bounce');
    await table.mirror(ann);
    expect(await table.begins(ann, 'bounce')).toEqual([]);
    await table.lift(ann);
    await table.mirror(ann);

    expect(await table.begins(ann, 'unsubscribe', ann.toUpperCase())).toHaveLength(1);
  });

  it('reads the row anew where it changed meanwhile', async () => {
    await table.begins(ann, 'bounce');
    ses.state.during = async (call) => void (call === 2 && (await table.lift(ann)));
    await table.mirror(ann);

    expect([onList(), calls()]).toEqual([{}, ['Get', 'Put', 'Delete']]);
  });

  it('waits for SES while there is time, and gives the address back when there is none', async () => {
    await table.begins(ann, 'bounce');
    ses.state.turns = ['throttled', 'failed', 'slow', 'failed', 'well'];
    expect(await table.mirror(ann)).toBe(true);

    ses.state.turns = Array(20).fill('throttled');
    await table.lift(ann);
    expect(await table.mirror(ann)).toBe(false);
    expect(JSON.stringify(table.said)).not.toContain(ann);
  });

  it('gives back at once what SES refuses', async () => {
    await table.begins(ann, 'bounce');
    ses.state.turns = ['refused'];

    expect(await table.mirror(ann)).toBe(false);
    expect(ses.calls).toHaveLength(1);
  });

  it('leaves the address pending in the sandbox, and does not fail on it', async () => {
    ses.state.sandbox = true;
    await table.begins(ann, 'bounce');

    expect(await table.mirror(ann)).toBe(true);
    const item = await table.rows.get(ann);
    expect(item && isMirrored(item, ses.now())).toBe(false);
  });

  it('ends equal to the table, one call a second, whatever SES does and whatever changes meanwhile', async () => {
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
          ses = faultySes();
          ses.state.turns = [...turns];
          table.work.length = 0;
          const prefix = `run${run++}-${Date.now()}`;
          const apply = async ({ what, person: name, spelling: more }: Change) => {
            const address = `${prefix}${name}@example.com`;
            const spelled = more === '' ? address : `${prefix}${name.toUpperCase()}@example.com`;
            if (what === 'suppress') return table.suppress(address, spelled);
            if (what === 'lift') return table.lift(address);
            if (what === 'not-spam') return table.ends(address);
            return table.begins(address, what as 'bounce', spelled);
          };
          ses.state.during = async (call) => {
            for (const [at, happens] of meanwhile) if (at === call) await apply(happens);
          };
          const work = async (time: number) => {
            const [first] = table.work.splice(0, 1);
            if (first !== undefined && !(await table.mirror(first, time))) table.work.unshift(first);
          };
          for (const one of steps) await ('time' in one ? work(one.time) : apply(one));
          for (let turnsLeft = 60; table.work.length > 0 && turnsLeft > 0; turnsLeft--) await work(60_000);

          expect(table.work).toEqual([]);
          for (const name of ['a', 'b']) {
            const item = await table.rows.get(`${prefix}${name}@example.com`);
            const listed = [...ses.entries].filter(([one]) => one.toLowerCase() === `${prefix}${name}@example.com`);
            if (item === undefined || !concernsSesList(item, ses.now())) continue;
            const wanted = wantedOnSesList(item, ses.now());
            expect(isMirrored(item, ses.now())).toBe(true);
            const reasons = listed.map(([, { reason }]) => reason);
            if (wanted === 'NOTHING') expect(reasons).toEqual([]);
            // A complaint that SES took after it ended here stays: it is no weaker.
            else expect(reasons).toContain(reasons.includes('COMPLAINT') ? 'COMPLAINT' : wanted);
            if (wanted === 'COMPLAINT') expect(reasons).toContain('COMPLAINT');
          }
          const gaps = ses.calls.slice(1).map(({ at }, index) => at - (ses.calls[index]?.at ?? 0));
          for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_000);
        },
      ),
      { numRuns: 40 },
    );
  });
});
