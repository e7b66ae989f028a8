import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { fitting, MOST_EXPRESSION_BYTES } from '../../../lambdas/store/dynamodb/expression-limits.ts';
import { factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

describe.each(engines())('DynamoDB’s limits of an expression on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const update = (more: Partial<UpdateCommand['input']>) =>
    documents.send(new UpdateCommand({ TableName: tables.campaigns, Key: { campaignId: 'october' }, ...more }));
  /** An UpdateExpression of this many bytes. */
  const ofSize = (bytes: number) => ({
    UpdateExpression: `REMOVE #a${', #a'.padEnd(bytes - 'REMOVE #a'.length)}`.replace(', #a', ', #b'),
    ExpressionAttributeNames: { '#a': 'a', '#b': 'b' },
  });
  /** A condition of this many operators. */
  const withOperators = (count: number) => ({
    UpdateExpression: 'SET delivered = :n',
    ConditionExpression: Array((count + 1) / 2)
      .fill('writes<>:n')
      .join(' OR '),
    ExpressionAttributeValues: { ':n': 1 },
  });

  it('are enforced by the tests’ client: 4 KB, 300 operators, 2 MB of values', async () => {
    const values = { ':v': 'v'.repeat(2 * 1_048_576) };

    await expect(update(ofSize(MOST_EXPRESSION_BYTES))).resolves.toBeDefined();
    await expect(update(ofSize(MOST_EXPRESSION_BYTES + 1))).rejects.toThrow('Expression size has exceeded');
    await expect(update(withOperators(299))).resolves.toBeDefined();
    await expect(update(withOperators(301))).rejects.toThrow('too many operators');
    await expect(update({ UpdateExpression: 'SET a = :v', ExpressionAttributeValues: values })).rejects.toThrow(
      'exceeds max size',
    );
  });

  it('do not depend on how many facts a batch has for one email', async () => {
    const facts = Array.from({ length: 400 }, (_, n): Fact => {
      const at = new Date(Date.UTC(2026, 10, 24) + n).toISOString();
      return n % 2 ? { kind: 'deferred', at, details: {} } : { kind: 'opened', at, details: { agent: `agent ${n}` } };
    });
    const spellings = Array.from({ length: 100 }, (_, n) => `Member${n}@example.com`);
    const key = { messageId: 'm1', recipient: 'member@example.com' };
    await factRecorder(
      documents,
      tables.emailStatus,
    )({ ...key, spellings, facts, movesStatus: true, description: {}, arrivedAt: '2026-12-01T00:00:00.000Z' });
    const { Item = {} } = await documents.send(new GetCommand({ TableName: tables.emailStatus, Key: key }));

    expect([...Item.events].filter((line: string) => line.includes('deferred'))).toHaveLength(200);
    expect(Item.spellings.size).toBe(100);
  });
});

describe('as many clauses as fit', () => {
  it('are counted in bytes, with the separators, up to the limit itself', () => {
    const clauses = Array(10).fill('#é1');

    // 4 bytes each, and 2 between.
    expect(fitting(clauses, ', ', MOST_EXPRESSION_BYTES - 10)).toEqual(['#é1', '#é1']);
    expect(fitting(clauses, ', ', MOST_EXPRESSION_BYTES - 9)).toEqual(['#é1']);
    expect(fitting(clauses, ', ', MOST_EXPRESSION_BYTES - 3)).toEqual([]);
    expect(fitting(clauses, ', ', 0)).toEqual(clauses);
  });
});
