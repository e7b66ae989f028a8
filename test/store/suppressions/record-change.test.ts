import { GetCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuppressionChange } from '../../../lambdas/domain/ses-events/suppression-change.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import type { SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';
import { LONGEST_HISTORY } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { suppressionRecorder } from '../../../lambdas/store/suppressions/record-change.ts';
import { readSuppressionRow } from '../../../lambdas/store/suppressions/suppression-row.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { aTime } from '../../support/facts.ts';

const NOW = '2027-01-01T00:00:00.000Z';
/** The category `EndedAt` must not be confused with the attributes of ends. */
const aCategory = fc.constantFrom('news', 'statement', 'EndedAt');

describe.each(engines())('recording suppressions on $name', ({ endpoint }) => {
  const { client, documents, requests } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;

  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const anAddress = () => {
    const address = `ann${people++}@example.com`;
    const record = suppressionRecorder(documents, tables.suppressions);
    return {
      record: (change: Omit<SuppressionChange, 'address'>) => record({ ...change, address } as SuppressionChange),
      item: async () => {
        const { Item } = await documents.send(
          new GetCommand({ TableName: tables.suppressions, Key: { address }, ConsistentRead: true }),
        );
        return Item as (SuppressionItem & { history: ReadonlySet<string>; spellings: ReadonlySet<string> }) | undefined;
      },
    };
  };
  const begins = (cause: 'bounce' | 'complaint' | 'unsubscribe', at: string, messageId = 'm1', note = 'x') => ({
    cause,
    spellings: ['Ann@Example.com'],
    begins: { at, source: 'ses_event', messageId, note } as const,
  });
  const leaves = (category: string, at: string, messageId = 'm1') => ({
    ...begins('unsubscribe', at, messageId),
    category,
  });
  const returns = (category: string, at: string) => ({ ...ends('unsubscribe', at), category });
  const ends = (cause: 'complaint' | 'unsubscribe', at: string) => ({
    cause,
    spellings: [],
    ends: { at, messageId: 'm2', note: 'not_spam' },
  });
  const inForce = async (person: ReturnType<typeof anAddress>) =>
    causesInForce(readSuppressionRow((await person.item()) ?? { address: '' }), NOW).map(({ cause }) => cause);

  it('keeps causes side by side, the strongest first, in one UpdateItem each', async () => {
    const ann = anAddress();
    const before = requests.length;
    await ann.record(begins('bounce', '2026-11-24T10:00:00.000Z'));
    await ann.record(begins('complaint', '2026-11-24T11:00:00.000Z'));

    expect(requests.slice(before)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
    expect(await inForce(ann)).toEqual(['complaint', 'bounce']);
    expect((await ann.item())?.spellings).toEqual(new Set(['Ann@Example.com']));
  });

  it('lets not-spam end its complaint, even if the complaint is recorded after it', async () => {
    const ann = anAddress();
    await ann.record(ends('complaint', '2026-11-24T12:00:00.000Z'));
    await ann.record(begins('complaint', '2026-11-24T11:00:00.000Z'));

    expect(await inForce(ann)).toEqual([]);
  });

  it('keeps a later complaint in force', async () => {
    const ann = anAddress();
    await ann.record(begins('complaint', '2026-11-24T13:00:00.000Z'));
    await ann.record(ends('complaint', '2026-11-24T12:00:00.000Z'));

    expect(await inForce(ann)).toEqual(['complaint']);
  });

  it('gives the same item in any order and with any repeats', async () => {
    const id = fc.constantFrom('m1', 'm2');
    const change = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('bounce' as const, 'complaint' as const, 'unsubscribe' as const),
          aTime,
          id,
          fc.constantFrom('a', 'b'),
        )
        .map((parts) => begins(...parts)),
      fc.tuple(fc.constantFrom('complaint' as const, 'unsubscribe' as const), aTime).map((parts) => ends(...parts)),
      fc.tuple(aCategory, aTime, id).map((parts) => leaves(...parts)),
      fc.tuple(aCategory, aTime).map((parts) => returns(...parts)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (changes, random) => {
          const shuffled = [...changes, ...changes.slice(0, 2)]
            .map((value) => ({ value, key: random.next().value }))
            .sort((one, other) => one.key - other.key);
          const [one, other, together] = [anAddress(), anAddress(), anAddress()];

          for (const value of changes) await one.record(value);
          for (const { value } of shuffled) await other.record(value);
          await Promise.all(changes.map((value) => together.record(value)));

          const { address: _, ...item } = (await one.item()) ?? { address: '' };
          const { address: _1, ...same } = (await other.item()) ?? { address: '' };
          const { address: _2, ...atOnce } = (await together.item()) ?? { address: '' };
          expect(same).toEqual(item);
          expect(atOnce).toEqual(item);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps each category and all mail separately, each by its latest change', async () => {
    const ann = anAddress();
    await ann.record(returns('news', '2026-11-24T12:00:00.000Z'));
    await ann.record(leaves('news', '2026-11-24T11:00:00.000Z'));
    await ann.record(leaves('a b.c/d:e-f#g', '2026-11-24T12:00:00.000Z'));
    await ann.record(leaves('__proto__', '2026-11-24T13:00:00.000Z'));
    await ann.record(ends('unsubscribe', '2026-11-24T14:00:00.000Z'));

    const item = readSuppressionRow((await ann.item()) ?? { address: '' });
    expect(causesInForce(item, NOW).map(({ cause, categories, at }) => [cause, categories, at])).toEqual([
      ['unsubscribe', ['__proto__'], '2026-11-24T13:00:00.000Z'],
      ['unsubscribe', ['a b.c/d:e-f#g'], '2026-11-24T12:00:00.000Z'],
    ]);
  });

  it('keeps a category under its name, for people to read', async () => {
    const ann = anAddress();
    await ann.record(leaves('news', '2026-11-24T11:00:00.000Z'));
    await ann.record(returns('news', '2026-11-24T12:00:00.000Z'));

    expect(await ann.item()).toMatchObject({
      'unsubscribe:news': { at: '2026-11-24T11:00:00.000Z', messageId: 'm1' },
      'unsubscribeEndedAt:news': '2026-11-24T12:00:00.000Z',
    });
  });

  it('stops adding to a history that is long enough, and still changes the cause', async () => {
    const ann = anAddress();
    const time = (minute: number) => new Date(Date.UTC(2026, 10, 24, 0, minute)).toISOString();
    for (let minute = 0; minute < LONGEST_HISTORY + 20; minute++) await ann.record(begins('bounce', time(minute)));
    const item = await ann.item();

    expect(item?.history.size).toBeLessThanOrEqual(LONGEST_HISTORY);
    expect(item?.bounce?.at).toBe(time(LONGEST_HISTORY + 19));
  });
});
