import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonNotToSend } from '../../../lambdas/domain/suppression/blocks-email.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import { readSuppression } from '../../../lambdas/store/suppressions/suppression-list.ts';
import { type Mail, unsubscribing, type Wish } from '../../../lambdas/store/suppressions/unsubscribe.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { aTime } from '../../support/facts.ts';

const NOW = '2027-01-01T00:00:00.000Z';
const MAILS: readonly Mail[] = ['everything', { category: 'news' }, { category: 'statement' }];

describe.each(engines())('unsubscribing and resubscribing on $name', ({ endpoint }) => {
  const { client, documents, requests } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  type Word = Pick<Wish, 'mail' | 'at'> & Readonly<{ leaves: boolean }>;
  const say = async (address: string, { leaves, mail, at }: Word) => {
    const { unsubscribe, resubscribe } = unsubscribing(documents, tables.suppressions);
    await (leaves ? unsubscribe : resubscribe)({ address, mail, at, messageId: 'm1' });
  };
  const known = (address: string) => readSuppression(documents, tables.suppressions, address);
  const anAddress = () => `ann${people++}@example.com`;

  it('stops the chosen mail and nothing else, with one write each', async () => {
    const ann = anAddress();
    const before = requests.length;
    await say(ann, { leaves: true, mail: { category: 'news' }, at: '2026-11-24T10:00:00.000Z' });
    expect(requests.slice(before)).toEqual(['UpdateItemCommand']);

    const item = await known(ann);
    expect(['news', 'statement', undefined].map((category) => reasonNotToSend(item, category, NOW))).toEqual([
      ...['unsubscribe', undefined, undefined],
    ]);
    expect(item?.categories).toEqual([
      {
        category: 'news',
        left: { at: '2026-11-24T10:00:00.000Z', source: 'unsubscribe', messageId: 'm1', note: 'unsubscribed' },
      },
    ]);
  });

  it('changes nothing the second time', async () => {
    const ann = anAddress();
    const word = { leaves: true, mail: { category: 'news' }, at: '2026-11-24T10:00:00.000Z' };
    await say(ann, word);
    const once = await known(ann);
    await say(ann, word);

    expect(await known(ann)).toEqual(once);
  });

  it('shows nothing new if it is repeated later, through another email or by concurrent requests', async () => {
    const ann = anAddress();
    const leaves = { leaves: true, mail: { category: 'news' } } as const;
    const shown = async () => causesInForce((await known(ann)) ?? { address: ann }, NOW);
    await say(ann, { ...leaves, at: '2026-11-24T10:00:00.000Z' });
    const once = { shown: await shown(), history: (await known(ann))?.history };
    await Promise.all([11, 12, 13].map((hour) => say(ann, { ...leaves, at: `2026-11-24T${hour}:00:00.000Z` })));

    expect({ shown: await shown(), history: (await known(ann))?.history }).toEqual(once);
    // A resubscription in between that is recorded late changes nothing.
    await say(ann, { ...leaves, leaves: false, at: '2026-11-24T11:30:00.000Z' });
    expect(reasonNotToSend(await known(ann), 'news', NOW)).toBe('unsubscribe');
  });

  it('is recorded again after resubscribing', async () => {
    const ann = anAddress();
    const word = { leaves: true, mail: 'everything' } as const;
    await say(ann, { ...word, at: '2026-11-24T10:00:00.000Z' });
    await say(ann, { ...word, leaves: false, at: '2026-11-24T11:00:00.000Z' });
    await say(ann, { ...word, at: '2026-11-24T12:00:00.000Z' });
    const item = await known(ann);

    expect(item?.history).toHaveLength(3);
    expect(causesInForce(item ?? { address: ann }, NOW)).toMatchObject([{ at: '2026-11-24T12:00:00.000Z' }]);
  });

  it('follows the latest choice for each kind of mail, in whatever order choices are recorded', async () => {
    const word = fc.record({ leaves: fc.boolean(), mail: fc.constantFrom(...MAILS), at: aTime });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), fc.boolean(), async (words, turned) => {
        const ann = anAddress();
        for (const one of turned ? words.toReversed() : words) await say(ann, one);
        const item = await known(ann);

        const hasLeft = (mail: Mail) => {
          const said = words.filter((one) => JSON.stringify(one.mail) === JSON.stringify(mail));
          const last = (leaves: boolean) =>
            said.filter((one) => one.leaves === leaves).reduce((latest, { at }) => (at > latest ? at : latest), '');
          // At the same time the end wins, as for every cause.
          return last(true) > last(false);
        };
        for (const category of ['news', 'statement']) {
          const stopped = hasLeft('everything') || hasLeft({ category });
          expect([category, reasonNotToSend(item, category, NOW)]).toEqual([
            category,
            stopped ? 'unsubscribe' : undefined,
          ]);
        }
        expect(reasonNotToSend(item, undefined, NOW)).toBe(hasLeft('everything') ? 'unsubscribe' : undefined);
      }),
      { numRuns: 40 },
    );
  });
});
