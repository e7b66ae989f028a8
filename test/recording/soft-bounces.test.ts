import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { createHandler } from '../../lambdas/recording/record-bounce/handler.ts';
import { lastEmails } from '../../lambdas/store/emails/last-emails-to.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { QUEUED_AT, sqsEvent } from '../support/sqs-event.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-01T10:00:00.000Z');
const hour = (hours: number) => new Date(START + hours * HOUR).toISOString();

describe.each(engines())('repeated soft bounces on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());
  beforeEach(() => {
    ann = `ann${people++}@example.com`;
    failing(undefined);
  });

  const record = (bodies: readonly string[], rule = { bounces: 3, hours: 72, days: 30 }) =>
    createHandler({
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions),
      lastEmails: lastEmails(documents, tables.emailStatus),
      rule,
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: () => Date.parse(QUEUED_AT),
      ...silent(),
    })(sqsEvent(bodies));

  /** An email to Ann of that hour, and what may become of it. */
  const email = (sent: number, to = ann) => {
    const of = { messageId: `${to}-${sent}`, timestamp: hour(sent), destination: [to] };
    return {
      sent: sendEvent(of),
      bounced: bounceEvent(of, { type: 'Transient', timestamp: hour(sent + 1) }),
      away: bounceEvent(of, { type: 'Transient', timestamp: hour(sent + 1), evidence: false }),
      delivered: deliveryEvent(of, hour(sent + 1)),
      opened: openEvent(of, hour(sent + 2)),
    };
  };
  const list = () => suppressionList(documents, tables.suppressions);
  const suppression = (address = ann) => list().get(address);
  const reasonAt = async (hours: number, address = ann) => {
    const item = await suppression(address);
    return item && causesInForce(item, hour(hours))[0]?.cause;
  };
  const bounces = async (...hours: readonly number[]) => {
    for (const sent of hours) await record([email(sent).bounced]);
  };

  it('suppress at the third over 72 hours, for 30 days, and not a moment longer', async () => {
    await bounces(0, 40);
    expect(await suppression()).toBeUndefined();
    await bounces(72);

    expect((await suppression())?.repeatedSoftBounce).toEqual({
      at: hour(73),
      endsAt: hour(73 + 30 * 24),
      source: 'ses_event',
      messageId: `${ann}-72`,
      note: '3 soft bounces in a row, over 72 hours or more',
    });
    expect([await reasonAt(73), await reasonAt(73 + 30 * 24)]).toEqual(['repeated_soft_bounce', undefined]);
  });

  it('suppress nobody within 72 hours, however many they are', async () => {
    await bounces(0, 10, 20, 30, 40, 50, 60, 71);

    expect(await suppression()).toBeUndefined();
    await bounces(72);
    expect(await reasonAt(73)).toBe('repeated_soft_bounce');
  });

  it.each(['delivered', 'opened'] as const)('suppress nobody where an email in between was %s', async (what) => {
    await bounces(0, 40);
    await record([email(50).sent, email(50)[what]]);
    await bounces(72);

    expect(await suppression()).toBeUndefined();
    await bounces(100, 144);
    expect(await reasonAt(145)).toBe('repeated_soft_bounce');
  });

  it('suppress across emails that are under way and out-of-office replies, which count for nothing', async () => {
    await bounces(0, 40);
    await record([email(50).sent, email(60).away]);
    await record([email(100).away]);
    expect(await suppression()).toBeUndefined();
    await bounces(110);

    expect(await reasonAt(111)).toBe('repeated_soft_bounce');
  });

  it('suppress beyond the last ten emails', async () => {
    await bounces(0, 40);
    for (let sent = 41; sent < 71; sent++) await record([email(sent).sent]);
    await bounces(72);

    expect(await reasonAt(73)).toBe('repeated_soft_bounce');
  });

  it('are forgiven by lifting: it takes as many again', async () => {
    await bounces(0, 40, 72);
    await list().lift(ann, false, hour(80));
    await bounces(90, 120);
    expect(await reasonAt(121)).toBeUndefined();
    await bounces(162);

    expect(await reasonAt(163)).toBe('repeated_soft_bounce');
  });

  it('suppress again at the first of after the 30 days, as nothing was delivered meanwhile', async () => {
    await bounces(0, 40, 72);
    expect(await reasonAt(73 + 30 * 24)).toBeUndefined();
    await bounces(900);

    expect([await reasonAt(901), await reasonAt(901 + 30 * 24)]).toEqual(['repeated_soft_bounce', undefined]);
  });

  it('suppress no address of SES’s simulator, and nobody where the club wants none', async () => {
    const simulated = `soft+${people}@simulator.amazonses.com`;
    for (const sent of [0, 40, 80]) await record([email(sent, simulated).bounced]);
    for (const sent of [0, 40, 80]) await record([email(sent).bounced], { bounces: 0, hours: 0, days: 1 });

    expect([await suppression(simulated), await suppression()]).toEqual([undefined, undefined]);
  });

  it('are looked for only after a soft bounce that says something: one Query and one BatchGetItem', async () => {
    const readsOf = async (body: string) => {
      const before = requests.length;
      await record([body]);
      return requests.slice(before).filter((request) => request !== 'UpdateItemCommand');
    };
    const { sent, delivered, away, bounced } = email(0);
    for (const body of [sent, delivered, away, bounceEvent({ destination: [ann] })]) {
      expect(await readsOf(body)).toEqual([]);
    }
    expect(await readsOf(bounced)).toEqual(['QueryCommand', 'BatchGetItemCommand']);
  });

  it.each([0, 1, 2, 3])(
    'lose nothing when request %i of the last one fails: its record comes again',
    async (request) => {
      await bounces(0, 40);
      failing(request);
      const { batchItemFailures } = await record([email(72).bounced]);
      expect(batchItemFailures).toEqual([{ itemIdentifier: 'r0' }]);
      await bounces(72);

      expect(await reasonAt(73)).toBe('repeated_soft_bounce');
    },
  );
});
