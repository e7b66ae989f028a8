import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonNotToSend } from '../../../lambdas/domain/suppression/blocks-email.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import { suppressionRecorder } from '../../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../../lambdas/store/suppressions/suppression-list.ts';
import { unsubscribing } from '../../../lambdas/store/suppressions/unsubscribe.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

const NOW = '2027-01-01T00:00:00.000Z';
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe.each(engines())('the name of a category on $name', ({ endpoint }) => {
  const { client, documents, requests } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const list = () => suppressionList(documents, tables.suppressions);
  const known = async (address: string) => (await list().get(address)) ?? { address };
  const stopped = async (address: string, category: string) => reasonNotToSend(await known(address), category, NOW);
  const left = (hour: number) => ({ at: at(hour), source: 'unsubscribe', messageId: 'm1', note: 'unsubscribed' });
  const line = (hour: number, category: string) =>
    `${at(hour)} unsubscribe unsubscribe {"messageId":"m1","note":"unsubscribed","category":"${category}"}`;
  const say = (address: string, leaves: boolean, category: string, hour: number) => {
    const { unsubscribe, resubscribe } = unsubscribing(documents, tables.suppressions);
    return (leaves ? unsubscribe : resubscribe)({ address, mail: { category }, at: at(hour), messageId: 'm2' });
  };
  /** A row as it was written before names of categories were folded. */
  const anOldRow = async (attributes: object) => {
    const address = `ann${people++}@example.com`;
    await documents.send(new PutCommand({ TableName: tables.suppressions, Item: { address, ...attributes } }));
    return address;
  };
  it('is written folded, by links and by SES’s events, and any case of it unsubscribes and resubscribes', async () => {
    const address = await anOldRow({});
    await say(address, true, 'NewsLetter', 10);
    const record = suppressionRecorder(documents, tables.suppressions);
    const begins = { at: at(11), source: 'unsubscribe' as const, messageId: 'm3' };
    await record({ address, spellings: [], cause: 'unsubscribe', category: 'STRASSE', begins });
    const item = await known(address);

    expect(item.categories).toMatchObject([{ category: 'newsletter' }, { category: 'strasse' }]);
    expect(item.categories?.every((one) => one.leftAs === undefined)).toBe(true);
    expect(item.history?.join()).not.toMatch(/NewsLetter|STRASSE/);
    expect([await stopped(address, 'NEWSLETTER'), await stopped(address, 'Straße')]).toEqual([
      ...['unsubscribe', 'unsubscribe'],
    ]);
    await say(address, false, 'NEWSLETTER', 12);
    expect(await stopped(address, 'newsletter')).toBeUndefined();
  });

  it('of an old row stops the category in every spelling, since the opt-out', async () => {
    const address = await anOldRow({ 'unsubscribe:Newsletter': left(10), history: new Set([line(10, 'Newsletter')]) });

    expect(await stopped(address, 'newsletter')).toBe('unsubscribe');
    expect(causesInForce(await known(address), NOW)).toMatchObject([{ categories: ['newsletter'], at: at(10) }]);
  });

  it.each([
    ['left again later', true, 11, 'unsubscribe'],
    ['come back to later', false, 11, undefined],
    ['come back to, told late', false, 9, 'unsubscribe'],
  ] as const)('of an old row goes by the latest word where it is %s', async (_, leaves, hour, expected) => {
    for (const category of ['newsletter', 'Newsletter', 'NEWSLETTER']) {
      const address = await anOldRow({ 'unsubscribe:Newsletter': left(10) });
      await say(address, leaves, category, hour);

      expect([category, await stopped(address, 'newsletter')]).toEqual([category, expected]);
    }
  });

  it('of an old row is not stopped after a later resubscription in another spelling', async () => {
    const address = await anOldRow({ 'unsubscribe:NEWS': left(10), 'unsubscribeEndedAt:News': at(11) });
    expect(await stopped(address, 'news')).toBeUndefined();
    await say(address, true, 'News', 12);

    expect(await stopped(address, 'news')).toBe('unsubscribe');
    expect(causesInForce(await known(address), NOW)).toMatchObject([{ at: at(12) }]);
  });

  it('of an old row shows nothing new if the same link unsubscribes again', async () => {
    const address = await anOldRow({ 'unsubscribe:Newsletter': left(10), history: new Set([line(10, 'Newsletter')]) });
    await say(address, true, 'Newsletter', 11);
    await say(address, true, 'Newsletter', 11);
    const item = await known(address);

    expect(item.history).toEqual([line(10, 'Newsletter')]);
    expect(causesInForce(item, NOW)).toMatchObject([{ at: at(10) }]);
  });

  it('of an old row is removed by hand, alone and with everything, but not an opt-out in between', async () => {
    const [one, all] = await Promise.all([1, 2].map(() => anOldRow({ 'unsubscribe:Newsletter': left(10) })));
    expect(await list().liftCategory(String(one), 'newsletter', at(11))).toMatchObject({
      ended: [{ categories: ['newsletter'] }],
      remaining: [],
    });
    expect((await list().lift(String(all), true, at(11)))?.ended).toHaveLength(1);

    expect([await stopped(String(one), 'Newsletter'), await stopped(String(all), 'Newsletter')]).toEqual(
      Array(2).fill(undefined),
    );
    await say(String(one), true, 'Newsletter', 12);
    expect(await stopped(String(one), 'newsletter')).toBe('unsubscribe');
  });

  it('costs no read: unsubscribing and resubscribing are one write each', async () => {
    const address = `ann${people++}@example.com`;
    const before = requests.length;
    await say(address, true, 'Newsletter', 10);
    await say(address, false, 'Newsletter', 11);

    expect(requests.slice(before)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  });

  it('is resubscribed once: a repeat adds nothing', async () => {
    const address = await anOldRow({});
    await say(address, true, 'news', 10);
    for (const hour of [11, 12, 12, 11]) await say(address, false, 'news', hour);
    const item = await known(address);

    expect(item.history).toHaveLength(2);
    // An earlier opt-out that is recorded late.
    await say(address, true, 'news', 10);
    expect(await stopped(address, 'news')).toBeUndefined();
  });
});
