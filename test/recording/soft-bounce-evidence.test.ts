import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { createHandler } from '../../lambdas/recording/record-bounce/handler.ts';
import { lastEmails } from '../../lambdas/store/emails/last-emails-to.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { QUEUED_AT, sqsEvent } from '../support/sqs-event.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-01T10:00:00.000Z');
const hour = (hours: number) => new Date(START + hours * HOUR).toISOString();

describe.each(engines())('soft bounces that count against a mailbox on $name', ({ endpoint }) => {
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

  const bounced = (sent: number) =>
    bounceEvent(
      { messageId: `${ann}-${sent}`, timestamp: hour(sent), destination: [ann] },
      { type: 'Transient', timestamp: hour(sent + 1) },
    );
  const list = () => suppressionList(documents, tables.suppressions);
  const suppression = (address = ann) => list().get(address);
  const reasonAt = async (hours: number, address = ann) => {
    const item = await suppression(address);
    return item && causesInForce(item, hour(hours))[0]?.cause;
  };
  const bounces = async (...hours: readonly number[]) => {
    for (const sent of hours) await record([bounced(sent)]);
  };

  describe('whose reason is the message or its sender', () => {
    const faulty = (sent: number, subtype: string, status?: string, diagnosticCode?: string) => {
      const of = { messageId: `${ann}-${sent}`, timestamp: hour(sent), destination: [ann] };
      const recipients = [
        { emailAddress: ann, action: 'failed', ...(status && { status }), ...(diagnosticCode && { diagnosticCode }) },
      ];
      return bounceEvent(of, { type: 'Transient', subtype, timestamp: hour(sent + 1), recipients });
    };

    it.each([
      ['MessageTooLarge', undefined],
      ['ContentRejected', '5.1.1'],
      ['AttachmentRejected', '4.2.2'],
      ['General', '5.2.3'],
      ['General', '4.3.4'],
      ['General', '5.6.1'],
      ['General', '4.7.1'],
      ['General', '5.7.26'],
      ['General', '5.1.8'],
      ['General', '5.0.0', 'smtp; 550 5.7.1 message content rejected'],
    ])('count for nothing: %s, %s', async (subtype, status, diagnostic = undefined as string | undefined) => {
      for (const sent of [0, 40, 80, 120]) await record([faulty(sent, subtype, status, diagnostic)]);

      expect(await suppression()).toBeUndefined();
    });

    it.each([
      ['MailboxFull', '5.2.2'],
      ['General', '4.4.7'],
      ['General', '5.7.13'],
      ['General', '5.7.17'],
      ['General', '5.7.18'],
      ['General', undefined],
    ])('others count: %s, %s', async (subtype, status) => {
      for (const sent of [0, 40, 80]) await record([faulty(sent, subtype, status)]);

      expect(await reasonAt(81)).toBe('repeated_soft_bounce');
    });

    it('neither cut a row nor lengthen it', async () => {
      await bounces(0, 40);
      await record([faulty(60, 'ContentRejected', '5.7.1')]);
      await record([faulty(80, 'MessageTooLarge')]);
      expect(await suppression()).toBeUndefined();
      await bounces(90);

      expect(await reasonAt(91)).toBe('repeated_soft_bounce');
    });

    it('suppress where they are permanent, as SES does', async () => {
      const of = { messageId: `${ann}-0`, timestamp: hour(0), destination: [ann] };
      await record([bounceEvent(of, { subtype: 'ContentRejected', timestamp: hour(1) })]);

      expect(await reasonAt(2)).toBe('bounce');
    });
  });

  it('are of emails: spaced by when SES accepted them, whatever times remote servers write', async () => {
    const bouncedAt = (sent: number, timestamp: string) =>
      bounceEvent(
        { messageId: `${ann}-${sent}`, timestamp: hour(sent), destination: [ann] },
        { type: 'Transient', timestamp },
      );
    // Three emails within two hours, whose bounces are dated weeks apart.
    await record([bouncedAt(0, hour(-9_000)), bouncedAt(1, hour(400)), bouncedAt(2, '2036-01-01T00:00:00.000Z')]);
    expect(await suppression()).toBeUndefined();
    await record([bouncedAt(90, hour(-9_000))]);

    const cause = (await suppression())?.repeatedSoftBounce;
    expect(cause?.at).toBe(QUEUED_AT);
    expect(await reasonAt(24 * 61 + 1)).toBe('repeated_soft_bounce');
  });

  it('of rows of before count by what their lines hold', async () => {
    const row = (sent: number, line: string) => ({
      ...{ messageId: `${ann}-${sent}`, recipient: ann, createdAt: hour(sent), status: 'bounced_soft', rank: 210 },
      ...{ statusAt: line.slice(0, 24), events: new Set([`${hour(sent)} sent`, line]) },
    });
    const put = (Item: object) => documents.send(new PutCommand({ TableName: tables.emailStatus, Item }));
    // The first is no evidence today; the second was dated by a clock that is years ahead.
    await put(row(0, `${hour(1)} bounced_soft type=Transient subtype=ContentRejected action=failed status=5.7.1`));
    await put(
      row(1, `${hour(2)} bounced_soft type=Permanent subtype=General action=delayed mta="dns; mx.example.net"`),
    );
    await put(
      row(10, `2036-01-01T00:00:00.000Z bounced_soft type=Transient subtype=General action=failed status=4.2.2`),
    );
    await bounces(50, 80);
    expect(await suppression()).toBeUndefined();
    await bounces(84);

    expect((await suppression())?.repeatedSoftBounce?.at).toBe(hour(85));
  });
});
