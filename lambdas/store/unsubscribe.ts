import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { suppressionRecorder } from './record-suppressions.ts';

/** What a recipient leaves: one category of mail, or all of it. */
export type Mail = Readonly<{ category: string }> | 'everything';

/** A recipient's word on what mail they want, given at `at` (ISO 8601) by a link in an email. */
export type Wish = Readonly<{ address: string; mail: Mail; at: string; messageId: string }>;

/**
 * Leaving and coming back, by links of our own. Each category and everything stand apart, and of each the latest word
 * counts by its own time: in whatever order and however often they are recorded. Who left everything and comes back to one
 * category has still left everything.
 */
export type Unsubscribing = Readonly<{
  unsubscribe: (wish: Wish) => Promise<void>;
  resubscribe: (wish: Wish) => Promise<void>;
}>;

export const unsubscribing = (client: DynamoDBDocumentClient, table: string): Unsubscribing => {
  const record = suppressionRecorder(client, table);
  const about = ({ address, mail }: Wish) => ({
    ...{ address, spellings: [], cause: 'unsubscribe' as const },
    ...(mail !== 'everything' && { category: mail.category }),
  });
  return {
    unsubscribe: (wish) => {
      const { at, messageId } = wish;
      return record({ ...about(wish), begins: { at, source: 'unsubscribe', messageId, note: 'unsubscribed' } });
    },
    resubscribe: (wish) => {
      const { at, messageId } = wish;
      return record({ ...about(wish), ends: { at, messageId, note: 'resubscribed' } });
    },
  };
};
