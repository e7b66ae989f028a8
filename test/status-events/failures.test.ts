import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../local/streams/stream-record.ts';
import { mapped } from '../local/streams/streamed-records.ts';
import { publishing } from './faulty-bus.ts';

const image = (row: object) => marshall(row) as NonNullable<StreamRecord['dynamodb']['NewImage']>;
const recordOf = (sequence: number, row: Record<string, unknown>): StreamRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: Date.UTC(2026, 10, 25) / 1000,
    Keys: image('address' in row ? { address: row.address } : { messageId: row.messageId, recipient: row.recipient }),
    NewImage: image(row),
    SequenceNumber: String(sequence),
  },
});
const email = (n: number, row: object = {}) =>
  recordOf(n, { messageId: `m${n}`, recipient: 'ann@example.com', status: 'sent', ...row });
const suppression = (n: number, source: string) =>
  recordOf(n, { address: 'ann@example.com', manual: { at: '2026-11-24T10:00:00.000Z', source } });

/** The function behind the mapping that the template gives it, but for how often it tries. */
const start = (published: ReturnType<typeof publishing>) => {
  const mapping = mapped(({ Records }) => published.handle(Records), { batchSize: 100, bisects: true, retries: 3 });
  return { ...mapping, ...published, messages: () => published.taken.map(({ detail }) => detail.messageId) };
};

describe('a record that cannot be read', () => {
  it('is given up alone, and those around it are published once', async () => {
    const { feed, messages, dead } = start(publishing());
    const records = Array.from({ length: 40 }, (_, n) => (n === 20 ? email(n, { messageId: 7 }) : email(n)));
    await feed(...records);

    expect(messages()).toEqual(records.flatMap((_, n) => (n === 20 ? [] : `m${n}`)));
    expect(dead().map(({ body }) => JSON.parse(body).DDBStreamBatchInfo)).toMatchObject([
      { startSequenceNumber: '20', endSequenceNumber: '20', batchSize: 1 },
    ]);
  });

  it('is one of an address whose cause another version wrote, too', async () => {
    const { feed, taken, dead } = start(publishing());
    await feed(suppression(1, 'api'), suppression(2, 'oracle'), suppression(3, 'api'));

    expect(taken.map(({ DetailType }) => DetailType)).toEqual(['SuppressionChanged', 'SuppressionChanged']);
    expect(dead()).toHaveLength(1);
  });
});

describe('an event that EventBridge refuses for good', () => {
  it('is given up alone, and of the others only those of its call come twice', async () => {
    const { feed, messages, dead } = start(publishing(({ messageId }) => messageId === 'm20'));
    await feed(...Array.from({ length: 40 }, (_, n) => email(n)));
    const told = Map.groupBy(messages(), (id) => id);

    expect(told.size).toBe(39);
    expect(dead().map(({ body }) => JSON.parse(body).DDBStreamBatchInfo.startSequenceNumber)).toEqual(['20']);
    const repeated = [...told].filter(([, times]) => times.length > 1).map(([id]) => id);
    expect(repeated.length).toBeLessThanOrEqual(9);
  });
});

describe('a batch that fails', () => {
  it('is reported from the first event on that was not published', async () => {
    const { handle, fates } = publishing();
    fates.push('taken', ...Array(9).fill('some throttled'));
    const answer = await handle(
      Array.from({ length: 20 }, (_, n) => email(n)),
      5_000,
    );

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '11' }] });
  });

  it('fails as a whole where that is its first record, so that Lambda cuts it in two', async () => {
    const { handle, fates } = publishing();
    fates.push('denied');

    await expect(handle([email(1), email(2)], 0)).rejects.toThrow('AccessDeniedException');
  });

  it('is none that holds the row in which the import keeps its place', async () => {
    const { handle, calls } = publishing();

    expect(await handle([recordOf(1, { address: '*', page: 'token', at: '2026-11-24T10:00:00.000Z' })])).toEqual({
      batchItemFailures: [],
    });
    expect(calls).toEqual([]);
  });

  it('is no failure where there is nothing to tell', async () => {
    const { handle, calls } = publishing();
    const same = { ...email(1), eventName: 'MODIFY' as const };
    const unchanged = { ...same, dynamodb: { ...same.dynamodb, OldImage: same.dynamodb.NewImage ?? {} } };
    const gone = {
      ...same,
      dynamodb: { ...same.dynamodb, OldImage: same.dynamodb.NewImage ?? {}, NewImage: undefined },
    };

    expect(await handle([unchanged, gone as never])).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual([]);
  });

  it('names in the log codes, counts and places, and nobody', async () => {
    const published = publishing(() => true);
    await published.handle([email(1)]).catch(() => {});
    await start(published).feed(suppression(2, 'oracle'));

    expect(published.said).toContainEqual(['not published', { error: 'MalformedDetail', sequence: '1' }]);
    expect(published.said).toContainEqual(['not published', { error: 'UnreadableRow', sequence: '2' }]);
    expect(JSON.stringify(published.said)).not.toMatch(/ann|example|m1/);
  });
});
