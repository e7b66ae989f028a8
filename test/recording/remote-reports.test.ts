import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countedIn, sumOf } from '../../lambdas/domain/campaign/campaign-counters.ts';
import { readLine } from '../../lambdas/domain/status/fact-line.ts';
import { reasonNotToSend } from '../../lambdas/domain/suppression/blocks-email.ts';
import { foldAddress } from '../../lambdas/domain/values/address.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { readEmailRow } from '../../lambdas/store/emails/email-row.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { hardBounce, MEMBERS, type Report, reports } from '../support/remote-reports.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';
import { faultySes } from '../suppression-sync/faulty-ses.ts';
import { mirroredTable } from '../suppression-sync/mirrored-table.ts';

const folded = (addresses: readonly string[]) => addresses.map((address) => foldAddress(address) ?? address);

describe.each(engines())('whatever remote servers report, on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let ses = faultySes();
  let mirrored: Awaited<ReturnType<typeof mirroredTable>>;
  beforeAll(async () => {
    tables = await makeTables(client);
    mirrored = await mirroredTable(endpoint, () => ses);
  });
  afterAll(async () => {
    await tables.drop();
    await mirrored.drop();
  });

  const record = async (bodies: readonly string[], suppressions: string, now: number) => {
    const { batchItemFailures } = await recordBatch(sqsEvent(bodies), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, suppressions, () => now),
      ...{ retentionDays: 400, erasedPeople: nobodyErased, now: () => now },
      ...silent(),
    });
    expect(batchItemFailures).toEqual([]);
  };
  const rowsOf = async (TableName: string) =>
    (await documents.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
  const emptied = async (TableName: string, ...key: readonly string[]) => {
    for (const row of await rowsOf(TableName)) {
      const Key = Object.fromEntries(key.map((attribute) => [attribute, row[attribute]]));
      await documents.send(new DeleteCommand({ TableName, Key }));
    }
  };
  const clear = async (suppressions: string) => {
    await emptied(tables.emailStatus, 'messageId', 'recipient');
    await emptied(suppressions, 'address');
  };
  /** Engines give attributes, and elements of sets, in no order. */
  const inOrder = (_: string, value: unknown) => {
    if (value instanceof Set) return [...value].sort();
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  };
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row, inOrder)).sort();
  const NOW = Date.parse('2026-11-25T11:00:00.000Z');

  it('no address gets a row, a suppression or a place in a campaign that was not a destination, and no time lies outside of AWS’s', async () => {
    const inAnyOrder = reports.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async ([all, again]: [readonly Report[], readonly Report[]]) => {
        await clear(tables.suppressions);
        for (const { body } of again) await record([body], tables.suppressions, NOW);
        const [emails, suppressed] = [await rowsOf(tables.emailStatus), await rowsOf(tables.suppressions)];
        const before = [sorted(emails), sorted(suppressed)];

        const destinations = (messageId?: string) =>
          folded(
            all
              .filter((one) => messageId === undefined || one.messageId === messageId)
              .flatMap((one) => one.destinations),
          );
        for (const { messageId, recipient, events, statusAt } of emails) {
          expect([...destinations(messageId), '*']).toContain(recipient);
          const of = all.filter((one) => one.messageId === messageId);
          const [first, last] = [
            of[0]?.acceptedAt ?? '',
            of
              .map(({ arrivedAt }) => arrivedAt)
              .sort()
              .at(-1) ?? '',
          ];
          const times = [...events].map((line: string) => readLine(line)?.at ?? 'unreadable');
          for (const at of [...times, ...(statusAt === undefined ? [] : [statusAt])]) {
            expect(at >= first && at <= last).toBe(true);
          }
        }
        for (const { address, spellings = [] } of suppressed) {
          expect(destinations()).toContain(address);
          expect([...spellings].every((spelling) => MEMBERS.includes(spelling))).toBe(true);
        }
        const counted = sumOf(
          emails.map(readEmailRow).flatMap((email) => countedIn(email, new Date(NOW).toISOString()) ?? []),
        );
        expect(counted.counters.recipients ?? 0).toBeLessThanOrEqual(5);
        expect((counted.lastActivityAt ?? '') <= new Date(NOW).toISOString()).toBe(true);

        await clear(tables.suppressions);
        await record(
          all.map(({ body }) => body),
          tables.suppressions,
          NOW,
        );
        expect([sorted(await rowsOf(tables.emailStatus)), sorted(await rowsOf(tables.suppressions))]).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('a removal lets the next email out, also past SES’s list once it is mirrored, and the next bounce suppresses again', async () => {
    const remoteTime = fc.constantFrom(
      '2036-01-01T00:00:00.000Z',
      '1999-01-01T00:00:00.000Z',
      '2026-11-25T12:00:01.000Z',
    );
    await fc.assert(
      fc.asyncProperty(reports, remoteTime, async (all, timestamp) => {
        ses = faultySes();
        await clear(mirrored.table);
        await record(
          all.map(({ body }) => body),
          mirrored.table,
          ses.clock.now(),
        );
        for (const member of folded(MEMBERS)) {
          await mirrored.mirror(member);
          await mirrored.lift(member);
          await mirrored.mirror(member);
          expect(reasonNotToSend(await mirrored.rows.get(member), undefined, ses.now())).toBeUndefined();
        }
        expect([...ses.entries.keys()]).toEqual([]);

        await ses.clock.sleep(3_600_000);
        const member = MEMBERS[0];
        await record([hardBounce(member, ses.now(), timestamp)], mirrored.table, ses.clock.now() + 3_000);
        await ses.clock.sleep(4_000);
        expect(reasonNotToSend(await mirrored.rows.get('ann@example.com'), undefined, ses.now())).toBe('bounce');
      }),
      { numRuns: 40 },
    );
  });
});
