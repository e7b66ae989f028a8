import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../lambdas/domain/mailing/send-outcome.ts';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { STATUSES } from '../../../lambdas/domain/status/statuses.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { engines } from '../../support/engine.ts';
import { mailing, senderOn, type TestedSender } from './sender.ts';

const SES_ID = '0100-ses';
/** Sending takes a tenth of a second by the clock of these tests. */
const at = (second: number) => `2026-11-24T10:00:${String(second).padStart(2, '0')}.050Z`;
const fact = (kind: Fact['kind'], second: number, details = {}): Fact => ({ kind, at: at(second), details });

const FACTS: readonly Fact[] = [
  fact('sent', 0),
  fact('delivered', 1, { response: '250 OK' }),
  fact('deferred', 2),
  fact('bounced_soft', 3, { status: '4.2.2' }),
  fact('opened', 4),
  fact('bounced_hard', 5, { status: '5.1.1' }),
  fact('unsubscribed', 6, { via: 'OneClick' }),
];

/** The step during which a fact arrives: every write of the sender is before or after it. */
const MOMENTS = ['before the claim', 'before the call', 'during the call', 'after it'] as const;

const arrivals = fc.uniqueArray(fc.record({ fact: fc.constantFrom(...FACTS), moment: fc.constantFrom(...MOMENTS) }), {
  selector: ({ fact }) => fact.kind,
  maxLength: 4,
});
const outcomes = fc.constantFrom<SendOutcome>(
  ...([
    { is: 'sent', sesMessageId: SES_ID },
    { is: 'sent', sesMessageId: SES_ID },
  ] as const),
  ...([
    { is: 'unknown', cause: 'TimeoutError' },
    { is: 'failed', reason: 'no' },
  ] as const),
  ...([{ is: 'throttled' }, { is: 'depleted' }, { is: 'held', cause: 'paused' }] as const),
);

describe.each(engines())('facts from SES about an email while it is being sent, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let email = 0;
  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  afterAll(() => on.drop());

  /** Sends an email while facts arrive, each at its step, and returns the resulting row. */
  const sendWhile = async (told: readonly Readonly<{ fact: Fact; moment: string }>[], outcome: SendOutcome) => {
    const record = factRecorder(on.documents, on.tables.emailStatus);
    const work = await on.accept('ann@example.com', { messageId: `email-${email++}` });
    const description = {
      ...{ createdAt: at(0), sesMessageId: SES_ID, campaignId: 'october', deleteAfter: 1_800_000_000 },
      tags: { season: ['2026'] },
    };
    const arrive = async (moment: string) => {
      for (const { fact } of told.filter((each) => each.moment === moment)) {
        const arrival = { messageId: work.messageId, recipient: 'ann@example.com', spellings: ['Ann@example.com'] };
        await record({ ...arrival, facts: [fact], movesStatus: true, description, arrivedAt: fact.at });
      }
    };
    const { emails } = on.dependencies;
    await on.work([work], {
      emails: {
        ...emails,
        claim: async (...one) => {
          await arrive('before the claim');
          const claimed = await emails.claim(...one);
          if (claimed) await arrive('before the call');
          return claimed;
        },
      },
      send: async () => {
        await arrive('during the call');
        return outcome;
      },
    });
    await arrive('after it');
    const last = await on.row(work.messageId);
    on.forget();
    return last;
  };

  it('are kept in any order, and the strongest gives the status', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, outcomes, async (told, outcome) => {
        const row = await sendWhile(told, outcome);

        // A fact before the claim ended the sending: the later steps never happened.
        const claimed = !told.some(({ fact, moment }) => moment === 'before the claim' && proposes(fact));
        const arrived = told.filter(({ moment }) => claimed || ['before the claim', 'after it'].includes(moment));
        const facts = arrived.map(({ fact }) => fact);
        const strongest = foldFacts(facts);
        expect([...(row?.events ?? [])].sort()).toEqual(facts.map(toLine).sort());
        if (strongest !== undefined && strongest.rank > STATUSES.sent.ranks.ses) {
          expect(row).toMatchObject({ status: strongest.status, rank: strongest.rank, statusAt: strongest.at });
        }
        if (strongest !== undefined) {
          expect(row?.rank).toBeGreaterThanOrEqual(100);
          expect(row).not.toHaveProperty('values');
        }
        if (claimed && outcome.is === 'sent') {
          expect(row).toMatchObject({ rank: expect.toSatisfy((rank: number) => rank >= 100), sesMessageId: SES_ID });
          for (const gone of ['wakeAt', 'wakeShard', 'values']) expect(row).not.toHaveProperty(gone);
        }
        if (facts.length > 0) expect(row).toMatchObject({ sesMessageId: SES_ID, tags: { season: ['2026'] } });
      }),
      { numRuns: 40 },
    );
  });

  it('give the same row before and after the answer to the request', async () => {
    const told = (moment: string) => FACTS.map((fact) => ({ fact, moment }));
    const outcome = { is: 'sent', sesMessageId: SES_ID } as const;
    const { messageId: _, ...before } = (await sendWhile(told('during the call'), outcome)) ?? {};
    const { messageId: __, ...after } = (await sendWhile(told('after it'), outcome)) ?? {};
    const shards = { dayShard: undefined, campaignShard: undefined };

    expect({ ...before, ...shards }).toEqual({ ...after, ...shards });
  });

  it('set an email to sent whose outcome was unknown, without the sweep', async () => {
    const row = await sendWhile([{ fact: FACTS[0] as Fact, moment: 'after it' }], {
      is: 'unknown',
      cause: 'TimeoutError',
    });

    expect(row).toMatchObject({ status: 'sent', statusAt: at(0), sesMessageId: SES_ID });
    expect(row).not.toHaveProperty('values');
  });
});

const proposes = (fact: Fact): boolean => foldFacts([fact]) !== undefined;
