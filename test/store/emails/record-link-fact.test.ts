import { GetCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { readHistory } from '../../../lambdas/domain/status/history.ts';
import { keptOpen, unsubscribedBy } from '../../../lambdas/domain/status/link-facts.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { MOST_EVENTS } from '../../../lambdas/store/emails/fact-update.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { linkFactRecorder } from '../../../lambdas/store/emails/record-link-fact.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { aFact, aTime } from '../../support/facts.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();
const sent: Fact = { kind: 'sent', at: at(1), details: {} };
const isLeft = ({ kind }: Fact) => kind === 'unsubscribed';

describe.each(engines())('recording facts from links on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let emails = 0;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const anEmail = async (...facts: readonly Fact[]) => {
    const key = { messageId: `message-${emails++}`, recipient: 'ann@example.com' };
    const record = factRecorder(documents, tables.emailStatus);
    const description = { subject: 'October statement' };
    const recordAll = (some: readonly Fact[]) =>
      record({
        ...key,
        facts: some,
        spellings: [],
        movesStatus: true,
        description,
        arrivedAt: '2026-12-01T00:00:00.000Z',
      });
    if (facts.length > 0) await recordAll(facts);
    const { each, once } = linkFactRecorder(documents, tables.emailStatus);
    return {
      each: (fact: Fact) => each({ ...key, fact }),
      once: (fact: Fact) => once({ ...key, fact }, isLeft),
      /** An event of SES. */
      hear: (...some: readonly Fact[]) => recordAll(some),
      item: async () =>
        (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key: key, ConsistentRead: true }))).Item,
      history: async function history() {
        return readHistory([...((await this.item())?.events ?? [])]);
      },
    };
  };

  it('adds the fact and changes the status, with one write if it may be repeated and with two if not', async () => {
    const email = await anEmail(sent);
    let before = requests.length;
    await email.each(keptOpen(at(9)));
    expect(requests.slice(before)).toEqual(['UpdateItemCommand']);
    expect(await email.item()).toMatchObject({ status: 'read', rank: 310, statusAt: at(9) });

    before = requests.length;
    await email.once(unsubscribedBy('OneClick', { category: 'news' }, at(12)));
    expect(requests.slice(before)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
    expect(await email.item()).toMatchObject({
      ...{ status: 'unsubscribed', rank: 400, statusAt: at(12), subject: 'October statement' },
      events: new Set([`${at(1)} sent`, `${at(9)} read`, `${at(12)} unsubscribed via=OneClick topics=news`]),
    });
  });

  it('creates no row, neither a deleted nor a new one', async () => {
    const email = await anEmail();
    await email.each(keptOpen(at(9)));
    await email.once(unsubscribedBy('UnsubscribePage', 'everything', at(12)));

    expect(await email.item()).toBeUndefined();
  });

  it('records a fact once that may be recorded only once, despite repeats and concurrent requests', async () => {
    const email = await anEmail(sent);
    await Promise.all(
      [11, 12, 13, 14].map((second) => email.once(unsubscribedBy('OneClick', 'everything', at(second)))),
    );
    const row = await email.item();
    await email.once(unsubscribedBy('UnsubscribePage', 'everything', at(20)));

    expect((await email.history()).facts.filter(isLeft)).toHaveLength(1);
    expect(await email.item()).toEqual(row);
  });

  it('keeps reads while there is room, and records if there were more; unsubscribing is kept in any case', async () => {
    const opens = Array.from(
      { length: MOST_EVENTS },
      (_, index): Fact => ({ kind: 'opened', at: at(index), details: {} }),
    );
    const email = await anEmail(sent, ...opens);
    // The first changes the status, and a row never has a status without the fact behind it.
    for (const second of [200, 201, 202]) await email.each(keptOpen(at(second)));
    await email.once(unsubscribedBy('OneClick', 'everything', at(300)));
    const { facts } = await email.history();

    expect(facts.filter(({ kind }) => kind === 'read')).toHaveLength(1);
    expect(facts.filter(isLeft)).toHaveLength(1);
    expect(await email.item()).toMatchObject({ moreEngagement: true, status: 'unsubscribed' });
    await email.each(keptOpen(at(203)));
    expect((await email.item())?.status).toBe('unsubscribed');
  });

  it('changes nothing if the row was deleted meanwhile', async () => {
    const email = await anEmail(sent);
    const key = { messageId: `message-${emails - 1}`, recipient: 'ann@example.com' };
    // The row is deleted after the first attempt returned it.
    failing(undefined);
    const { once } = linkFactRecorder(
      {
        ...documents,
        send: async (command: never) => {
          const answer = documents.send(command);
          await answer.catch(() => undefined);
          if (requests.at(-1) === 'UpdateItemCommand') await deleteRow(key);
          return answer;
        },
      } as unknown as typeof documents,
      tables.emailStatus,
    );
    await once({ ...key, fact: unsubscribedBy('OneClick', 'everything', at(9)) }, isLeft);

    expect(await email.item()).toBeUndefined();
  });
  const deleteRow = async (Key: Record<string, string>) => {
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await documents.send(new DeleteCommand({ TableName: tables.emailStatus, Key }));
  };

  it('gives the status that all facts give together, in any order', async () => {
    const ours = fc.oneof(
      aTime.map(keptOpen),
      aTime.map((time) => unsubscribedBy('OneClick', { category: 'news' }, time)),
    );
    await fc.assert(
      fc.asyncProperty(aFact, fc.array(fc.oneof(aFact, ours), { minLength: 1, maxLength: 5 }), async (first, rest) => {
        const email = await anEmail(first);
        const isOurs = ({ kind, details }: Fact) => kind === 'read' || details.via === 'OneClick';
        const told: Fact[] = [first];
        for (const fact of rest) {
          if (!isOurs(fact)) await email.hear(fact);
          else if (fact.kind === 'read') await email.each(fact);
          else await email.once(fact);
          if (!(isOurs(fact) && isLeft(fact) && told.some(isLeft))) told.push(fact);
        }
        const { status, rank } = (await email.item()) ?? {};
        const proposal = foldFacts(told);

        expect({ status, rank }).toEqual({ status: proposal?.status, rank: proposal?.rank });
      }),
      { numRuns: 40 },
    );
  });
});
