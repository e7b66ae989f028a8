import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';

/** Sequence numbers of different lengths: in string order they would be wrong. */
const FIRST = 999_999_999_999_999_999_990n;

/** A record of the EmailStatus stream, the nth of it. */
export const streamRecord = (
  n: number,
  before: EmailStatus | undefined,
  after: EmailStatus | undefined,
): DynamoDBRecord => ({
  eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
  dynamodb: {
    SequenceNumber: String(FIRST + BigInt(n)),
    ...(before && { OldImage: image(before) }),
    ...(after && { NewImage: image(after) }),
  },
});

const image = ({ spellings: _, ...row }: EmailStatus) =>
  marshall({ ...row, events: new Set(['2026-11-24T09:00:00.000Z unheard_of', ...row.events]) }) as NonNullable<
    DynamoDBRecord['dynamodb']
  >['NewImage'];

const LINES = [
  '2026-11-24T10:00:00.000Z sent',
  '2026-11-24T10:00:03.000Z delivered',
  '2026-11-24T11:00:00.000Z opened',
  '2026-11-24T11:00:00.000Z opened automated=yes',
  '2026-11-24T12:00:00.000Z clicked link=https://club.example/a',
  '2026-11-25T09:00:00.000Z bounced_hard type=Permanent',
];

/** The successive images of a row: it may start without campaign or status, and be erased. */
const versions = (messageId: string): fc.Arbitrary<readonly (EmailStatus | undefined)[]> =>
  fc
    .record({
      recipient: fc.constantFrom('ann@example.com', 'bounce@simulator.amazonses.com', '*'),
      campaignId: fc.constantFrom('october', 'october', 'november'),
      known: fc.nat(2),
      steps: fc.array(
        fc.record({
          status: fc.constantFrom(undefined, 'sent', 'delivered', 'opened', 'bounced_hard' as const),
          events: fc.subarray(LINES),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      erased: fc.boolean(),
    })
    .map(({ recipient, campaignId, known, steps, erased }) => {
      const rows = steps.map((_, step) => {
        // Facts are added and never removed, and a status is never lost again.
        const events = [...new Set(steps.slice(0, step + 1).flatMap((one) => one.events))];
        const status = steps.slice(0, step + 1).findLast((one) => one.status !== undefined)?.status;
        return { messageId, recipient, events, ...(status && { status }), ...(step >= known && { campaignId }) };
      });
      return [...(rows as EmailStatus[]), ...(erased ? [undefined] : [])];
    });

/** Shards of a stream in their order, those of one generation side by side; `rows` are the last images. */
export type StreamOfEmails = Readonly<{
  generations: readonly (readonly Readonly<{ id: string; records: readonly DynamoDBRecord[] }>[])[];
  rows: readonly (EmailStatus | undefined)[];
}>;

/** A stream of a few emails' changes, in any order among emails, its shards split and closed anywhere. */
export const aStream: fc.Arbitrary<StreamOfEmails> = fc
  .record({
    emails: fc.tuple(...['m1', 'm2', 'm3', 'm4', 'm5'].map(versions)),
    turns: fc.array(fc.nat(4), { maxLength: 40 }),
    shardLength: fc.integer({ min: 1, max: 15 }),
  })
  .map(({ emails, turns, shardLength }) => {
    const done = emails.map(() => 0);
    const records: { email: number; record: DynamoDBRecord }[] = [];
    for (const email of [...turns, ...emails.flatMap((all, email) => all.map(() => email))]) {
      const [at, all] = [done[email] ?? 0, emails[email] ?? []];
      if (at >= all.length) continue;
      records.push({ email, record: streamRecord(records.length, at > 0 ? all[at - 1] : undefined, all[at]) });
      done[email] = at + 1;
    }
    const generations = [];
    for (let start = 0; start < records.length; start += shardLength) {
      const some = records.slice(start, start + shardLength);
      const halves = [0, 1].map((half) => some.filter(({ email }) => email % 2 === half).map(({ record }) => record));
      generations.push(halves.map((records, half) => ({ id: `shardId-${start}-${half}`, records })));
    }
    // A deleted row counts with its last image.
    return { generations, rows: emails.map((all) => all.findLast((version) => version !== undefined)) };
  });
