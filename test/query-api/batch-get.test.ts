import type { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { StoreOverloaded } from '../../lambdas/store/dynamodb/batch-get.ts';
import { readEmailsByKey } from '../../lambdas/store/emails/get-emails.ts';

const key = (messageId: string) => ({ messageId, recipient: 'ann@example.com' });

/** A table that processes only so many keys of each call. */
const slowTable = (atOnce: number, gone: readonly string[] = []) => {
  const calls: number[] = [];
  const client = {
    send: async (command: BatchGetCommand) => {
      const keys = (command.input.RequestItems?.table?.Keys ?? []) as { messageId: string }[];
      calls.push(keys.length);
      const [done, undone] = [keys.slice(0, atOnce), keys.slice(atOnce)];
      return {
        // DynamoDB responds in no guaranteed order.
        Responses: { table: done.toReversed().filter(({ messageId }) => !gone.includes(messageId)) },
        UnprocessedKeys: undone.length > 0 ? { table: { Keys: undone } } : {},
      };
    },
  };
  return { client: client as unknown as DynamoDBDocumentClient, calls };
};

describe('reading emails by their keys', () => {
  it('requests unprocessed keys again, and keeps the order', async () => {
    const { client, calls } = slowTable(2, ['c']);
    const emails = await readEmailsByKey(client, 'table', ['a', 'b', 'c', 'd', 'e'].map(key));

    expect(emails.map((email) => email?.messageId)).toEqual(['a', 'b', undefined, 'd', 'e']);
    expect(calls).toEqual([5, 3, 1]);
  });

  it('gives up when nothing is processed', async () => {
    const { client, calls } = slowTable(0);

    await expect(readEmailsByKey(client, 'table', [key('a')])).rejects.toThrow(StoreOverloaded);
    expect(calls).toHaveLength(5);
  });

  it('sends no request without keys', async () => {
    const { client, calls } = slowTable(1);

    expect(await readEmailsByKey(client, 'table', [])).toEqual([]);
    expect(calls).toEqual([]);
  });
});
