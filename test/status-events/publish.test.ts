import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import type { SuppressionItem } from '../../lambdas/domain/suppression/suppression.ts';
import { failedOf, retriesOf } from '../../local/streams/batch-outcome.ts';
import type { StreamRecord } from '../../local/streams/stream-record.ts';
import { engines } from '../support/engine.ts';
import { type Fate, publishing } from './faulty-bus.ts';
import { undocumented } from './schema.ts';
import { streamedTables } from './streamed-tables.ts';

const KINDS = ['sent', 'delivered', 'delivered', 'opened', 'clicked', 'bounced_hard', 'complained'] as const;
const aTime = fc
  .constantFrom('10:00:00.000', '10:00:00.001', '11:00:00.000', '12:30:00.500')
  .map((time) => `2026-11-24T${time}Z`);
const who = fc.nat(2);

/** Something that is written to the tables: news of an email, of an address, by a person, or an erasure. */
const anAct = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('fact' as const),
      who,
      kind: fc.constantFrom(...KINDS),
      at: aTime,
      machine: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('begins' as const, 'ends' as const),
      who,
      cause: fc.constantFrom('bounce' as const, 'complaint' as const),
      at: aTime,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('leaves' as const, 'comes back' as const),
      who,
      category: fc.constantFrom('news', 'statement'),
      at: aTime,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('suppress' as const, 'lift' as const), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('erase email' as const, 'erase address' as const), who }) },
);
type Act = typeof anAct extends fc.Arbitrary<infer T> ? T : never;

/** How a batch goes: how many records it takes, whether its answer is lost, how its calls of EventBridge go, and how much time there is. */
const anAttempt = fc.record({
  size: fc.integer({ min: 1, max: 15 }),
  answerLost: fc.boolean(),
  fates: fc.array(fc.constantFrom<Fate>('taken', 'some throttled', 'lost', 'answer lost', 'denied'), { maxLength: 3 }),
  left: fc.constantFrom(300_000, 0),
});
type Attempt = typeof anAttempt extends fc.Arbitrary<infer T> ? T : never;

describe.each(engines())('publishing the streams of $name', ({ endpoint }) => {
  let tables: Awaited<ReturnType<typeof streamedTables>>;
  beforeAll(async () => {
    tables = await streamedTables(endpoint);
  });
  afterAll(() => tables.drop());

  let run = 0;

  /** Does as told, and sees by the rows themselves, before and after, what there is to tell. */
  const perform = async (acts: readonly Act[]) => {
    const mark = run++;
    /** What is to be told of each change, by what makes it another than the others. */
    const expected = new Map<string, string>();
    let second = 0;
    for (const act of acts) {
      const [messageId, address] = [`m${mark}-${act.who}`, `ann${mark}-${act.who}@example.com`];
      const now = `2026-11-25T00:00:${String(second++).padStart(2, '0')}.000Z`;
      const look = async () => ({
        email: await tables.emails.get(messageId, address),
        item: await tables.suppressions.get(address),
      });
      const before = await look();
      await carryOut(tables, { act, messageId, address, now });
      const after = await look();
      if (after.email?.status && after.email.status !== before.email?.status) {
        const change = `${messageId} ${before.email?.status ?? null} ${after.email.status} ${after.email.statusAt}`;
        expected.set(change, change);
      }
      const [was, is] = [inForce(before.item), inForce(after.item)];
      if (after.item && shown(was) !== shown(is)) {
        expected.set(JSON.stringify([address, was, is]), `${address} ${was[0]?.cause ?? null} ${shown(is)}`);
      }
    }
    return expected;
  };

  it('tells each change and no other, by ids of their own, wherever the streams are cut and however often a batch fails, comes again or is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anAct, { minLength: 1, maxLength: 30 }),
        fc.array(anAttempt, { maxLength: 10 }),
        async (acts, plan) => {
          const expected = await perform(acts);
          const published = publishing();
          const left = [...plan];
          await play(await tables.emails.records(), left, published);
          await play(await tables.suppressions.records(), left, published);
          const told = new Map(published.taken.map(({ detail }) => [detail.id, saidBy(detail)]));

          expect([...told.values()].toSorted()).toEqual([...expected.values()].toSorted());
          // What was told twice was the same both times.
          for (const { detail } of published.taken) expect(saidBy(detail)).toBe(told.get(detail.id));
          for (const { DetailType, detail } of published.taken) expect(undocumented(DetailType, detail)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tells nothing of somebody who is erased, and the same by the same id when it is recorded anew', async () => {
    const acts = ['fact', 'erase email', 'fact'].map(
      (act) => ({ act, who: 0, kind: 'delivered', at: '2026-11-24T10:00:00.000Z', machine: false }) as Act,
    );
    await perform(acts);
    const { handle, taken } = publishing();
    const records = await tables.emails.records();
    await handle([...records]);

    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE', 'INSERT']);
    expect(taken).toHaveLength(2);
    expect(new Set(taken.map(({ detail }) => detail.id)).size).toBe(1);
  });
});

type Tables = Awaited<ReturnType<typeof streamedTables>>;
type Told = Readonly<{ act: Act; messageId: string; address: string; now: string }>;

const carryOut = async (
  { record, tell, list, emails, suppressions }: Tables,
  { act, messageId, address, now }: Told,
) => {
  const about = { address, spellings: [address] };
  switch (act.act) {
    case 'fact': {
      const details = act.machine && act.kind === 'opened' ? { automated: 'yes' as const } : {};
      const facts = [{ kind: act.kind, at: act.at, details }];
      return record({
        messageId,
        recipient: address,
        spellings: [],
        facts,
        arrivedAt: '2026-12-01T00:00:00.000Z',
        movesStatus: true,
        description: { campaignId: 'october' } as never,
      });
    }
    case 'begins':
      return tell({ ...about, cause: act.cause, begins: { at: act.at, source: 'ses_event', messageId } });
    case 'ends':
      return tell({ ...about, cause: act.cause, ends: { at: act.at, messageId, note: 'not-spam' } });
    case 'leaves':
      return tell({
        ...about,
        cause: 'unsubscribe',
        category: act.category,
        begins: { at: act.at, source: 'unsubscribe', messageId },
      });
    case 'comes back':
      return tell({
        ...about,
        cause: 'unsubscribe',
        category: act.category,
        ends: { at: act.at, messageId, note: '' },
      });
    case 'suppress':
      return list.suppress(address, { spelling: address, note: `at ${now}`, now });
    case 'lift':
      return list.lift(address, true, now);
    case 'erase email':
      return emails.erase(messageId, address);
    case 'erase address':
      return suppressions.erase(address);
  }
};

/** What keeps an address from being written to, and since when. */
const inForce = (item: SuppressionItem | undefined) =>
  item === undefined
    ? []
    : causesInForce(item, '2026-11-25T12:00:00.000Z').map(({ cause, categories, at }) => ({ cause, categories, at }));

const shown = (causes: readonly Readonly<{ cause: string; categories: unknown }>[]): string =>
  JSON.stringify(causes.map(({ cause, categories }) => [cause, categories]));

const saidBy = (detail: Record<string, unknown>): string => {
  const { messageId, previousStatus, status, statusAt, address, causes, previousReason } = detail;
  if (address === undefined) return `${messageId} ${previousStatus} ${status} ${statusAt}`;
  return `${address} ${previousReason} ${shown(causes as Parameters<typeof shown>[0])}`;
};

/** Brings the records of a shard to the function as Lambda does by what it answers, in the end all of them. */
const play = async (
  records: readonly StreamRecord[],
  plan: Attempt[],
  { handle, fates }: ReturnType<typeof publishing>,
) => {
  let rest = records;
  while (rest.length > 0) {
    const {
      size,
      answerLost,
      fates: some,
      left,
    } = plan.shift() ?? { size: 10, answerLost: false, fates: [], left: 300_000 };
    let batches: readonly (readonly StreamRecord[])[] = [rest.slice(0, size)];
    rest = rest.slice(size);
    fates.splice(0, fates.length, ...some);
    let isLost = answerLost;
    while (batches[0] !== undefined) {
      const [batch, ...others] = batches;
      const answer = await handle([...batch], left).catch((error: unknown) => error);
      const threw = isLost || answer instanceof Error;
      const failed = threw ? batch : failedOf(answer, batch);
      const again =
        failed.length === 0 ? [] : retriesOf({ records: failed, attempts: 0 }, threw, { bisects: true, retries: 100 });
      batches = [...(again ?? []).map(({ records: some }) => some), ...others];
      isLost = false;
    }
  }
};
