import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEvent } from '../../lambdas/domain/ses-events/parse-event.ts';
import { foldFacts } from '../../lambdas/domain/status/proposal.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { delivered, eventsOf } from '../support/emails.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { linesKept } from '../support/facts.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, complaintEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { QUEUED_AT, sqsEvent } from '../support/sqs-event.ts';

describe.each(engines())('recording batches on $name', ({ endpoint }) => {
  const { client, documents, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let emails = 0;

  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const record = (bodies: readonly string[]) =>
    recordBatch(sqsEvent(bodies), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      ...silent(),
    });

  /** Delivers batches as SQS does: what failed comes again, until nothing fails. */
  const deliver = async (batches: readonly (readonly string[])[]) => {
    for (const batch of batches) {
      for (let bodies = batch; bodies.length > 0; ) {
        const { batchItemFailures } = await record(bodies);
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        bodies = bodies.filter((_, index) => failed.has(`r${index}`));
      }
    }
  };

  const rows = async (TableName: string) =>
    (await documents.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];

  /** All that the two tables hold of an email and its recipient, without what names the one or the other. */
  const storedOf = async ({ messageId, address }: { messageId: string; address: string }) => {
    const nameless = (row: unknown) =>
      JSON.parse(
        JSON.stringify(row, (_, value) => (value instanceof Set ? [...value].sort() : value))
          .replaceAll(messageId, 'MESSAGE')
          .replaceAll(address, 'ADDRESS')
          .replaceAll(/(Shard":"[^"]+)\/\d"/g, '$1/SHARD"'),
      );
    return {
      statuses: (await rows(tables.emailStatus)).filter((row) => row.messageId === messageId).map(nameless),
      suppressions: (await rows(tables.suppressions)).filter((row) => row.address === address).map(nameless),
    };
  };
  const anEmail = () => {
    const number = String(emails++).padStart(6, '0');
    return { messageId: `message-${number}`, address: `ann${number}@example.com` };
  };
  const named = (bodies: readonly string[], { messageId, address }: ReturnType<typeof anEmail>) =>
    bodies.map((body) => body.replaceAll('MESSAGE', messageId).replaceAll('ADDRESS', address));

  const life = eventsOf({
    messageId: 'MESSAGE',
    destination: ['Ann <ADDRESS>'],
    tags: { campaign: ['october'], season: ['2026'] },
  });

  it('gives the same items, every attribute, in whatever order, however often and in whatever batches events come', async () => {
    const twice = life.chain((bodies) => fc.tuple(fc.constant(bodies), delivered(bodies), delivered(bodies)));
    await fc.assert(
      fc.asyncProperty(twice, async ([bodies, one, other]) => {
        const [first, second, atOnce] = [anEmail(), anEmail(), anEmail()];

        await deliver(one.map((batch) => named(batch, first)));
        await deliver(other.map((batch) => named(batch, second)));
        await Promise.all(one.map((batch) => deliver([named(batch, atOnce)])));

        const stored = await storedOf(first);
        expect(await storedOf(second)).toEqual(stored);
        expect(await storedOf(atOnce)).toEqual(stored);
        const facts = named(bodies, first).flatMap((body) => {
          const reading = parseEvent(body, QUEUED_AT);
          return reading.outcome === 'facts' ? reading.facts.map(({ fact }) => fact) : [];
        });
        const fold = foldFacts(facts);
        const [row] = stored.statuses;
        expect([row?.status, row?.rank, row?.statusAt]).toEqual([fold?.status, fold?.rank, fold?.at]);
        expect(row?.events ?? []).toEqual([...linesKept(facts)].sort());
      }),
      { numRuns: 50 },
    );
  });

  it('records tags by whatever names objects have of themselves', async () => {
    const tags = { constructor: ['x'], toString: ['y'], length: ['z'] };
    const event = sendEvent({ messageId: 'tagged', destination: ['ann@example.com'], tags });
    expect(await record([event])).toEqual({ batchItemFailures: [] });

    const row = (await rows(tables.emailStatus)).find(({ messageId }) => messageId === 'tagged');
    expect(Object.keys(row?.tags).toSorted()).toEqual(Object.keys(tags).toSorted());
  });

  it('gives the same items when two messages at SES go by one id of the sender', async () => {
    // The first call failed although SES took the message, so the sender made it again.
    const attempt = (messageId: string, timestamp: string) =>
      eventsOf({
        messageId,
        timestamp,
        destination: ['ADDRESS'],
        tags: { 'mailtrail-id': ['MESSAGE'], campaign: ['october'] },
      });
    const both = fc
      .tuple(
        attempt('ses-b', '2026-11-24T10:00:01.000Z'),
        attempt('ses-a', '2026-11-24T10:00:02.000Z'),
        attempt('ses-c', '2026-11-24T10:00:01.000Z'),
      )
      .map((lives) => lives.flat());
    const twice = both.chain((bodies) => fc.tuple(delivered(bodies), delivered(bodies)));
    await fc.assert(
      fc.asyncProperty(twice, async ([one, other]) => {
        const [first, second, atOnce] = [anEmail(), anEmail(), anEmail()];

        await deliver(one.map((batch) => named(batch, first)));
        await deliver(other.map((batch) => named(batch, second)));
        await Promise.all(one.map((batch) => deliver([named(batch, atOnce)])));

        const stored = await storedOf(first);
        expect(await storedOf(second)).toEqual(stored);
        expect(await storedOf(atOnce)).toEqual(stored);
        // Of what was heard of, the first: by time, then by SES's id.
        const heardOf = one.flat().flatMap((body) => {
          const reading = parseEvent(body.replaceAll('ADDRESS', 'ann@example.com'), QUEUED_AT);
          // A legacy notification has no tags, so it is filed by SES's id.
          return reading.outcome === 'facts' && reading.message.messageId === 'MESSAGE'
            ? [`${reading.message.acceptedAt} ${reading.message.sesMessageId}`]
            : [];
        });
        const told = stored.statuses.map(({ createdAt, sesMessageId }) => `${createdAt} ${sesMessageId}`);
        expect(told).toEqual(heardOf.sort().slice(0, told.length));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same suppression when one complaint names several and another only one', async () => {
    const several = complaintEvent({ messageId: 'MESSAGE', destination: ['ADDRESS', 'x-ADDRESS'] });
    const one = complaintEvent({ messageId: 'MESSAGE', destination: ['ADDRESS'] });
    const [first, second] = [anEmail(), anEmail()];
    await deliver([named([several], first), named([one], first)]);
    await deliver([named([one], second), named([several], second)]);

    expect((await storedOf(second)).suppressions).toEqual((await storedOf(first)).suppressions);
  });

  it('takes in what no store could keep as it is: half characters, and texts of any length', async () => {
    const email = anEmail();
    const long = 'x'.repeat(6000);
    const bodies = Array.from({ length: 99 }, (_, n) =>
      bounceEvent(
        {
          messageId: 'MESSAGE',
          destination: ['ADDRESS'],
          subject: long,
          tags: { [long]: [long], campaign: [long], half: ['\ud800'] },
        },
        {
          timestamp: new Date(Date.UTC(2026, 10, 24, 11, 0, n)).toISOString(),
          recipients: [{ emailAddress: 'ADDRESS', status: `5.1.1 ${long}\ud800` }],
        },
      ),
    );
    const { batchItemFailures } = await record(named(bodies, email));

    expect(batchItemFailures).toEqual([]);
    expect((await storedOf(email)).statuses).toMatchObject([{ status: 'bounced_hard' }]);
    expect((await storedOf(email)).suppressions).toHaveLength(1);
  });

  it.each(['before it was taken', 'after it was taken'] as const)(
    'loses nothing when any one store call fails once, %s',
    async (moment) => {
      await fc.assert(
        fc.asyncProperty(life, fc.nat({ max: 12 }), async (bodies, call) => {
          const [broken, whole] = [anEmail(), anEmail()];

          await deliver([named(bodies, whole)]);
          failing(call, moment);
          await deliver([named(bodies, broken)]);
          failing(undefined);

          expect(await storedOf(broken)).toEqual(await storedOf(whole));
        }),
        { numRuns: 40 },
      );
    },
  );

  it('asks for the records again whose write failed, and for no others', async () => {
    const [ann, bo] = [anEmail(), anEmail()];
    const bodies = [
      ...named([sendEvent({ messageId: 'MESSAGE' })], ann),
      '{',
      ...named([sendEvent({ messageId: 'MESSAGE' })], bo),
    ];

    failing(0, 'before it was taken');
    const { batchItemFailures } = await record(bodies);
    failing(undefined);

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'r1' }, { itemIdentifier: 'r0' }]);
    expect((await storedOf(bo)).statuses).toHaveLength(1);
  });
});
