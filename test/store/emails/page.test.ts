import type { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../../lambdas/store/emails/page.ts';
import { mailingOverlay } from '../../../lambdas/store/emails/waiting-status.ts';

const SOURCE = { table: 'table', overlay: mailingOverlay({} as never, 'mailings', () => '') };
const keyOf = (n: number) => ({ messageId: `m${n}`, recipient: 'ann@example.com' });

/** A table without the rows of some keys; it records the number of keys of each request. */
const tableWithout = (isGone: (n: number) => boolean) => {
  const asked: number[] = [];
  const send = async ({ input }: BatchGetCommand) => {
    const { Keys = [] } = input.RequestItems?.table ?? {};
    asked.push(Keys.length);
    const rows = Keys.filter(({ messageId }) => !isGone(Number(messageId.slice(1)))).map((key) => ({
      ...key,
      events: [],
    }));
    return { Responses: { table: rows } };
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, asked };
};

async function* keys(count: number) {
  for (let n = 0; n < count; n++) yield keyOf(n);
}

describe('a page', () => {
  it('is full although an index still lists rows that the table has deleted', async () => {
    const { client, asked } = tableWithout((n) => n % 2 === 0);
    const { emails, last } = await readPage(client, SOURCE, keys(30), { limit: 10 });

    expect(emails.map(({ messageId }) => messageId)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19].map((n) => `m${n}`));
    expect(last).toEqual(keyOf(19));
    expect(asked).toEqual([10, 20]);
  });

  it('is the last one if only deleted rows follow', async () => {
    const { client } = tableWithout((n) => n >= 5);

    expect(await readPage(client, SOURCE, keys(8), { limit: 10 })).toMatchObject({
      emails: { length: 5 },
      last: undefined,
    });
  });

  it('ends after 500 deleted rows, with the position', async () => {
    const { client, asked } = tableWithout(() => true);

    expect(await readPage(client, SOURCE, keys(1_000), { limit: 25 })).toEqual({ emails: [], last: keyOf(499) });
    expect(asked).toEqual([25, 100, 100, 100, 100, 75]);
  });
});
