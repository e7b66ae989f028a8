import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptLink, withWholeLink } from '../../../lambdas/domain/ses-events/clicked-link.ts';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { readLine, sameness } from '../../../lambdas/domain/status/fact-line.ts';
import { readHistory } from '../../../lambdas/domain/status/history.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { MOST_EVENTS } from '../../../lambdas/store/emails/fact-update.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

const AT = '2026-11-24T10:00:03.120Z';
const LINK = 'https://club.example/agenda';
const SECRET = 'https://club.example/reset?token=4f3a9c&member=1042';
const KEPT = keptLink(SECRET);
const opened = (details: Fact['details'] = {}, at = AT): Fact => ({ kind: 'opened', at, details });
const clicked = (details: Fact['details'] = {}, at = AT): Fact => ({
  kind: 'clicked',
  at,
  details: { link: LINK, ...details },
});
const machine = { automated: 'yes' } as const;
const leaving = { unsubscribe: 'yes' } as const;

describe.each(engines())('an open or click that is delivered again on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let emails = 0;

  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  /** A row, possibly written by an earlier version: its lines, and the status from them. */
  const anEmail = async (...lines: readonly string[]) => {
    const key = { messageId: `message-${emails++}`, recipient: 'ann@example.com' };
    const proposal = foldFacts(lines.flatMap((line) => readLine(line) ?? []));
    if (lines.length > 0) {
      await documents.send(
        new UpdateCommand({
          ...{ TableName: tables.emailStatus, Key: key },
          UpdateExpression: `SET subject = :subject${proposal ? ', #status = :status, #rank = :rank, statusAt = :at' : ''} ADD events :events`,
          ...(proposal && { ExpressionAttributeNames: { '#status': 'status', '#rank': 'rank' } }),
          ExpressionAttributeValues: {
            ...{ ':events': new Set(lines), ':subject': 'Agenda' },
            ...(proposal && { ':status': proposal.status, ':rank': proposal.rank, ':at': proposal.at }),
          },
        }),
      );
    }
    const record = factRecorder(documents, tables.emailStatus);
    return {
      record: (...facts: readonly Fact[]) =>
        record({
          ...{ ...key, facts, spellings: [], movesStatus: true, description: { subject: 'Agenda' } },
          arrivedAt: '2026-12-01T00:00:00.000Z',
        }),
      item: async () =>
        (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key: key, ConsistentRead: true }))).Item,
    };
  };

  it.each([
    ['an open', `${AT} opened`, opened(machine)],
    ['a click', `${AT} clicked link=${LINK}`, clicked(machine)],
    ['a click on a link with secrets', `${AT} clicked link=${SECRET}`, clicked({ ...machine, link: SECRET })],
  ])('stays a person’s once it was recorded as one: %s', async (_, line, again) => {
    const email = await anEmail(line);
    const before = await email.item();
    await email.record(again);

    expect(await email.item()).toEqual(before);
    expect(readHistory([line])).toMatchObject({ machineOpens: 0, machineClicks: 0 });
  });

  it.each([
    ['an open', `${AT} opened automated=yes`, opened(), 'opened'],
    ['a click', `${AT} clicked automated=yes link=${LINK}`, clicked(), 'clicked'],
    [
      'a click on a link with secrets',
      `${AT} clicked automated=yes link=${SECRET}`,
      clicked({ link: SECRET }),
      'clicked',
    ],
  ])(
    'is a person’s from when it is found to be one’s, in one line, with the status: %s',
    async (_, line, again, status) => {
      const email = await anEmail(line);
      await email.record(again);
      const item = await email.item();
      const { opens, clicks, machineOpens, machineClicks } = readHistory([...(item?.events ?? [])]);

      expect(item?.events.size).toBe(1);
      expect(item).toMatchObject({ status, statusAt: AT });
      expect([opens + clicks, machineOpens + machineClicks]).toEqual([1, 0]);
    },
  );

  it.each([
    ['a person', clicked({ link: SECRET }), `${AT} clicked link=${SECRET}`],
    ['a machine', clicked({ ...machine, link: SECRET }), `${AT} clicked automated=yes link=${SECRET}`],
    ['a person who leaves', clicked({ ...leaving, link: SECRET }), `${AT} clicked unsubscribe=yes link=${SECRET}`],
    ['a person by a list’s own link', clicked({ ...leaving, link: SECRET }), `${AT} clicked link=${SECRET}`],
    ['a person, whole on purpose', clicked({ link: SECRET }), `${AT} clicked url=${SECRET}`],
    ['a person, whole from now on', withWholeLink(clicked({ link: SECRET })), `${AT} clicked link=${KEPT}`],
    ['a person, kept whole', withWholeLink(clicked({ link: SECRET })), `${AT} clicked link=${SECRET}`],
  ])('is one line if the whole link was stored before: by %s', async (_, again, line) => {
    const email = await anEmail(line);
    await email.record(again);

    expect([...((await email.item())?.events ?? [])]).toEqual([line]);
  });

  it('is one line if the whole link was too long', async () => {
    const link = `https://club.example/calendar/${'week-01/'.repeat(40)}?view=all&token=4f3a9c`;
    // As commit 8aa3ecd wrote it: the digest is of the whole link, so the line does not show that it is the same link.
    const former = `${AT} clicked link=https://club.example/calendar/${'week-01/'.repeat(27)}we…3NRp8VYRnxM`;
    const email = await anEmail(former);
    await email.record(clicked({ link }));

    expect([...((await email.item())?.events ?? [])]).toEqual([former]);
  });

  it('replaces another line even in a full row', async () => {
    const others = Array.from({ length: MOST_EVENTS - 1 }, (_, index) => `${time(index)} opened automated=yes`);
    const email = await anEmail(...others, `${AT} clicked automated=yes link=${LINK}`);
    await email.record(clicked());
    const item = await email.item();

    expect(item?.events.size).toBe(MOST_EVENTS);
    expect(item).toMatchObject({ status: 'clicked' });
    expect(readHistory([...(item?.events ?? [])])).toMatchObject({
      clicks: 1,
      machineClicks: 0,
      machineOpens: MOST_EVENTS - 1,
    });
  });

  it('is recorded with many others at once, though each may have many variants of its line', async () => {
    const email = await anEmail();
    const facts = Array.from({ length: 60 }, (_, index) =>
      clicked({ ...leaving, link: `${SECRET}&${'x'.repeat(300)}=${index}` }, time(index)),
    );
    await email.record(...facts);
    await email.record(...facts);

    expect((await email.item())?.events.size).toBe(60);
  });

  it('gives the same item with one line of each event, in any order, batches and versions', async () => {
    const aJudgement = fc.constantFrom({}, machine, leaving, { ...machine, ...leaving });
    const anEvent = fc.oneof(
      fc.tuple(fc.constantFrom(AT, time(1)), fc.constantFrom({}, machine)).map(([at, said]) => opened(said, at)),
      fc
        .tuple(fc.constantFrom(AT, time(1)), aJudgement, fc.constantFrom(LINK, SECRET, `${LINK}?member=7`))
        .map(([at, said, link]) => clicked({ ...said, link }, at)),
    );
    const batches = fc.array(fc.array(anEvent, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, fc.infiniteStream(fc.nat()), async (arrivals, random) => {
        const shuffled = [...arrivals, ...arrivals.slice(0, 2)]
          .map((facts) => ({ facts: facts.toReversed(), key: random.next().value }))
          .sort((one, other) => one.key - other.key);
        const [one, other, together] = [await anEmail(), await anEmail(), await anEmail()];
        for (const facts of arrivals) await one.record(...facts);
        for (const { facts } of shuffled) await other.record(...facts);
        await Promise.all(arrivals.map((facts) => together.record(...facts)));

        const { messageId: _, ...item } = (await one.item()) ?? {};
        const fold = foldFacts(arrivals.flat());
        expect(await other.item()).toMatchObject(item);
        expect(await together.item()).toMatchObject(item);
        expect(Object.keys((await other.item()) ?? {}).sort()).toEqual(['messageId', ...Object.keys(item)].sort());
        expect(item.events.size).toBe(new Set(arrivals.flat().map(sameness)).size);
        expect([item.status, item.rank, item.statusAt]).toEqual([fold?.status, fold?.rank, fold?.at]);
      }),
      { numRuns: 60 },
    );
  });
});

const time = (second: number) => new Date(Date.UTC(2026, 10, 25, 10, 0, second)).toISOString();
