import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ErasedRecipients, NOBODY_ERASED } from '../../lambdas/domain/erasure/erasure.ts';
import { createHandler } from '../../lambdas/recording/record-bounce/handler.ts';
import { type LastEmails, lastEmails } from '../../lambdas/store/emails/last-emails-to.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { asLegacy } from '../support/legacy-notifications.ts';
import { bounceEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { QUEUED_AT, sqsEvent } from '../support/sqs-event.ts';

const START = Date.parse('2026-11-01T10:00:00.000Z');
const hour = (hours: number) => new Date(START + hours * 3_600_000).toISOString();
const RULE = { bounces: 3, hours: 72, days: 30 };

/** An email of that hour, and how many hours later it bounced or was delivered. */
type Email = Readonly<{ sent: number; after: number; outcome: 'bounced' | 'sent' | 'delivered' | 'opened' }>;

describe.each(engines())('a row of soft bounces on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());
  beforeEach(() => {
    ann = `ann${people++}@example.com`;
  });

  const record = (bodies: readonly string[], more: { lastEmails?: LastEmails; erased?: ErasedRecipients } = {}) =>
    createHandler({
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions),
      lastEmails: more.lastEmails ?? lastEmails(documents, tables.emailStatus),
      rule: RULE,
      retentionDays: 400,
      erasedPeople: async () => more.erased ?? NOBODY_ERASED,
      now: () => Date.parse(QUEUED_AT),
      ...silent(),
    })(sqsEvent(bodies));

  const mail = (sent: number, tags = {}) => ({
    ...{ messageId: `${ann}-${sent}`, timestamp: hour(sent), destination: [ann], tags },
  });
  const eventOf = ({ sent, after, outcome }: Email) => {
    const of = mail(sent);
    if (outcome === 'bounced') return bounceEvent(of, { type: 'Transient', timestamp: hour(sent + after) });
    if (outcome === 'delivered') return deliveryEvent(of, hour(sent + after));
    // Its Delivery was lost: all that is known is that it was opened, some day.
    return outcome === 'opened' ? openEvent(of, hour(sent + 400)) : sendEvent(of);
  };
  const bounced = (sent: number, after = 1) => eventOf({ sent, after, outcome: 'bounced' });
  const cause = async () => (await suppressionList(documents, tables.suppressions).get(ann))?.repeatedSoftBounce;

  const anEmail = fc.record({
    gap: fc.integer({ min: 1, max: 50 }),
    after: fc.integer({ min: 0, max: 14 }),
    outcome: fc.constantFrom('bounced', 'bounced', 'bounced', 'sent', 'delivered', 'opened' as const),
  });
  const emailsOf = (drawn: readonly (Omit<Email, 'sent'> & { gap: number })[]): readonly Email[] =>
    drawn.map(({ gap: _, ...email }, index) => ({
      ...email,
      sent: drawn.slice(0, index + 1).reduce((sum, { gap }) => sum + gap, 0),
    }));

  /** The last bounce of the last row that is enough: emails as SES accepted them, cut where one was delivered. */
  const expected = (emails: readonly Email[]) => {
    const rows: Email[][] = [[]];
    for (const one of emails.filter(({ outcome }) => outcome !== 'sent')) {
      if (one.outcome === 'bounced') rows.at(-1)?.push(one);
      else rows.push([]);
    }
    const last = rows.findLast((row) => row.length >= 3 && (row.at(-1)?.sent ?? 0) - (row[0]?.sent ?? 0) >= 72);
    return last && hour(Math.max(...last.map(({ sent, after }) => sent + after)));
  };
  const inAnyOrder = <One>(all: readonly One[], chance: { next: () => { value: number } }): readonly One[] =>
    all
      .map((one) => ({ one, key: chance.next().value }))
      .toSorted((one, other) => one.key - other.key)
      .map(({ one }) => one);

  it('is the same in whatever order its bounces are told, however often, and in whatever batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEmail, { minLength: 3, maxLength: 9 }),
        fc.infiniteStream(fc.nat()),
        async (drawn, chance) => {
          ann = `ann${people++}@example.com`;
          const emails = emailsOf(drawn);
          const [soft, others] = [true, false].map((is) =>
            emails.filter(({ outcome }) => (outcome === 'bounced') === is),
          );
          await record((others ?? []).map(eventOf));
          const bodies = inAnyOrder([...(soft ?? []), ...(soft ?? [])], chance as never).map(eventOf);
          const cut = Number(chance.next().value) % (bodies.length + 1);
          for (const batch of [bodies.slice(0, cut), bodies.slice(cut)]) if (batch.length > 0) await record(batch);

          expect((await cause())?.at).toBe(expected(emails));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is found at least, where deliveries are told late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEmail, { minLength: 3, maxLength: 9 }),
        fc.infiniteStream(fc.nat()),
        async (drawn, chance) => {
          ann = `ann${people++}@example.com`;
          const emails = emailsOf(drawn);
          for (const email of inAnyOrder(emails, chance as never)) await record([eventOf(email)]);

          const at = expected(emails);
          if (at !== undefined) expect(((await cause())?.at ?? '') >= at).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts the bounce that is told now where the index does not know its email yet', async () => {
    await record([bounced(0), bounced(40)]);
    const behind: LastEmails = async function* (recipient) {
      for await (const { emails, isLast } of lastEmails(documents, tables.emailStatus)(recipient)) {
        yield { emails: emails.filter(({ messageId }) => messageId !== `${ann}-72`), isLast };
      }
    };
    await record([bounced(72)], { lastEmails: behind });

    expect(await cause()).toMatchObject({ at: hour(73), messageId: `${ann}-72` });
  });

  it('is found where its first bounce is told last, after more emails than are read at once', async () => {
    await record([bounced(40), bounced(72)]);
    await record(Array.from({ length: 30 }, (_, n) => sendEvent(mail(73 + n))));
    await record([eventOf({ sent: 110, after: 0, outcome: 'delivered' }), bounced(0)]);

    expect(await cause()).toMatchObject({ at: hour(73), messageId: `${ann}-72` });
  });

  it('is cut by an email that SES accepted in between, whenever that was delivered and whichever bounce is told last', async () => {
    const [first, ...others] = [bounced(1, 9), bounced(24), bounced(73, 9)];
    await record([eventOf({ sent: 10, after: 80, outcome: 'delivered' }), ...others]);
    await record([first ?? '']);
    expect(await cause()).toBeUndefined();

    ann = `ann${people++}@example.com`;
    await record([bounced(1, 9), eventOf({ sent: 0, after: 30, outcome: 'delivered' }), bounced(24), bounced(73, 9)]);
    expect(await cause()).toMatchObject({ at: hour(82) });
  });

  it('begins after the email that was delivered, also where one of before it bounced after it', async () => {
    await record([eventOf({ sent: 2, after: 0, outcome: 'delivered' }), bounced(0, 10)]);
    await record([bounced(40), ...Array.from({ length: 9 }, (_, n) => sendEvent(mail(41 + n)))]);
    await record([bounced(90)]);
    expect(await cause()).toBeUndefined();
    await record([bounced(112)]);

    expect(await cause()).toMatchObject({ at: hour(113) });
  });

  it('counts an email once that older notifications tell again under SES’s id', async () => {
    const withId = (sent: number) =>
      bounceEvent(mail(sent, { 'mailtrail-id': [`${ann}-own-${sent}`] }), {
        ...{ type: 'Transient', timestamp: hour(sent + 1) },
      });
    await record([withId(0), asLegacy(withId(0))]);
    await record([withId(80), asLegacy(withId(80))]);
    expect(await cause()).toBeUndefined();
    await record([withId(90)]);

    expect(await cause()).toMatchObject({ at: hour(91) });
  });

  it('counts nothing of before the person was erased, deleted or not', async () => {
    await record([bounced(0), bounced(40)]);
    const erased = { ...NOBODY_ERASED, email: (_: string, acceptedAt?: string) => (acceptedAt ?? '') <= hour(50) };
    await record([bounced(72)], { erased });

    expect(await cause()).toBeUndefined();
  });
});
