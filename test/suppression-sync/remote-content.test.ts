import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { engines } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, complaintEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

const ACCEPTED_AT = '2026-11-20T10:00:00.000Z';
const STRANGER = 'stranger@forwarded.example.net';

/** An event whose content a remote party wrote, and when SNS received it. */
type Remote = Readonly<{ event: string; arrivedAt: string }>;

/** Times that a remote clock may write: any year, and close to the event. */
const remoteTime = fc.constantFrom(
  '2006-01-01T00:00:00.000Z',
  '2026-11-20T09:59:59.999Z',
  '2026-11-20T10:00:01.000Z',
  '2026-11-22T10:00:00.000Z',
  '2026-12-01T00:00:00.000Z',
  '2036-11-30T10:00:05.000Z',
  'not a time',
);
const arrival = fc.constantFrom(
  '2026-11-20T10:00:01.000Z',
  '2026-11-21T10:00:00.000Z',
  '2026-11-22T10:00:00.000Z',
  '2026-11-23T10:00:00.000Z',
);
const bounced = fc.record({
  type: fc.constantFrom('Permanent', 'Permanent', 'Transient', 'Undetermined'),
  subtype: fc.constantFrom('General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList', 'ContentRejected', 'Novel'),
  timestamp: remoteTime,
  emailAddress: fc.constantFrom('ANN', 'ANN', STRANGER, 'no address'),
  action: fc.constantFrom('failed', 'delayed', 'relayed', 'x'),
  status: fc.constantFrom('5.1.1', '4.4.7', '5.7.1', '9.9.9', ''),
});
const complained = fc.record({
  feedback: fc.constantFrom('abuse', 'Fraud', 'not-spam', 'NOT-SPAM', 'auth-failure', 'Virus', 'x', null),
  subtype: fc.constantFrom(null, null, 'OnAccountSuppressionList'),
  timestamp: remoteTime,
  recipient: fc.constantFrom('ANN', STRANGER),
});
const email = fc.constantFrom('1', '2').map((number) => ({
  ...{ messageId: `message-${number}-of-ANN`, timestamp: ACCEPTED_AT, destination: ['ANN'] },
}));
const remote: fc.Arbitrary<Remote> = fc.oneof(
  fc.record({ of: email, bounced, arrivedAt: arrival }).map(({ of, bounced: said, arrivedAt }) => {
    const { type, subtype, timestamp, ...recipient } = said;
    return { event: bounceEvent(of, { type, subtype, timestamp, recipients: [recipient] }), arrivedAt };
  }),
  fc.record({ of: email, complained, arrivedAt: arrival }).map(({ of, complained: said, arrivedAt }) => ({
    event: complaintEvent(of, { ...said, recipients: [said.recipient] }),
    arrivedAt,
  })),
);

/** A row as text; engines return attributes in no order. */
const inOrder = (row: object): string =>
  JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));

describe.each(engines())('any content from a remote party, on $name', ({ endpoint }) => {
  let ses: FaultySes = faultySes();
  let table: Awaited<ReturnType<typeof mirroredTable>>;
  let people = 0;
  beforeAll(async () => {
    table = await mirroredTable(endpoint, () => ses);
  });
  afterAll(() => table?.drop());

  const anAddress = () => `ann${String(people++).padStart(5, '0')}@example.com`;

  /** Records an event in SNS's envelope; repeats have the same time. */
  const record = async ({ event, arrivedAt }: Remote, ann: string) => {
    const Message = event.replaceAll('ANN', ann);
    const envelope = JSON.stringify({ Type: 'Notification', MessageId: '1', Message, Timestamp: arrivedAt });
    const now = () => ses.clock.now();
    const { batchItemFailures } = await recordBatch(sqsEvent([envelope], ses.now()), {
      recordFacts: factRecorder(table.documents, table.emails),
      recordSuppression: suppressionRecorder(table.documents, table.table, now),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now,
      ...silent(),
    });
    expect(batchItemFailures).toEqual([]);
  };
  const stored = async (TableName: string, ann: string) => {
    const { Items = [] } = await table.documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
    // A scan has no order that two addresses share.
    return Items.map((row) => JSON.stringify(row, (_, value) => (value instanceof Set ? [...value].sort() : value)))
      .filter((row) => row.includes(ann))
      .map((row) => JSON.parse(row.replaceAll(ann, 'ANN').replaceAll(/(Shard":"[^"]+)\/\d"/g, '$1"')))
      .toSorted((first, second) => (inOrder(first) < inOrder(second) ? -1 : 1));
  };
  const timesIn = (value: unknown): readonly string[] =>
    Object.entries(value ?? {}).flatMap(([name, inner]) =>
      name === 'at' || name.endsWith('EndedAt') ? [String(inner)] : typeof inner === 'object' ? timesIn(inner) : [],
    );
  const causes = async (ann: string) => {
    const item = await table.rows.get(ann);
    return item === undefined ? [] : causesInForce(item, ses.now()).map(({ cause }) => cause);
  };

  it('gives the same rows in any order of events, at times that AWS’s clocks allow, and of no other address', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(remote, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (events, random) => {
          ses = faultySes();
          const [one, other] = [anAddress(), anAddress()];
          const shuffled = [...events, ...events.slice(0, 2)]
            .map((event) => ({ event, key: random.next().value }))
            .sort((first, second) => first.key - second.key);
          for (const event of events) await record(event, one);
          for (const { event } of shuffled) await record(event, other);

          const suppressions = await stored(table.table, one);
          expect(await stored(table.table, other)).toEqual(suppressions);
          expect(await stored(table.emails, other)).toEqual(await stored(table.emails, one));
          const latest =
            events
              .map(({ arrivedAt }) => arrivedAt)
              .sort()
              .at(-1) ?? '';
          for (const at of suppressions.flatMap(timesIn)) expect(at >= ACCEPTED_AT && at <= latest).toBe(true);
          expect(await table.rows.get(STRANGER)).toBeUndefined();
          expect((await stored(table.emails, STRANGER)).map(({ recipient }) => recipient)).not.toContain(STRANGER);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not prevent a removal in Mailtrail and at SES, nor the suppression by the next bounce', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(remote, { minLength: 1, maxLength: 5 }), fc.boolean(), async (events, isMirrored) => {
        ses = faultySes();
        const ann = anAddress();
        for (const event of events) await record(event, ann);
        // SES lists hard bounces and complaints by itself.
        ses.put(ann, 'BOUNCE');
        if (isMirrored) await table.mirror(ann);
        const wasSuppressed = (await causes(ann)).length > 0;
        await table.lift(ann);
        await table.mirror(ann);
        // An event that arrived before the removal may be recorded after it.
        for (const event of events) await record(event, ann);

        if (wasSuppressed) expect([await causes(ann), [...ses.entries.keys()]]).toEqual([[], []]);
        const bounce = bounceEvent(
          { messageId: `next-of-${ann}`, timestamp: ses.now(), destination: [ann] },
          { timestamp: '2006-01-01T00:00:00.000Z' },
        );
        await record({ event: bounce, arrivedAt: ses.now() }, ann);
        await table.mirror(ann);
        expect([(await causes(ann)).includes('bounce'), ses.entries.has(ann)]).toEqual([true, true]);
      }),
      { numRuns: 40 },
    );
  });
});
