import { ConditionalCheckFailedException, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { partKey, RATE, SEND_SLOTS } from './mailing-row.ts';
import { resetUpdate, slotsUpdate, whyNone } from './send-slots-update.ts';
import type { SlotAnswer, SlotRequest, StoredSlots } from './slots.ts';

/** The send slots that all workers share. */
export type SendSlots = Readonly<{
  take: (request: SlotRequest) => Promise<SlotAnswer>;
  /** How many slots were taken in total, and the time of the next one. Read consistently. */
  used: () => Promise<Readonly<{ slots: number; next: number }>>;
}>;

const ATTEMPTS = 10;

/**
 * The rate limiter that all workers share. One item has the time from which slots are free, and each worker advances that
 * time by the slots it takes, with one write for several emails. All values are whole numbers, and every condition compares
 * by order: for any stored number, one of the two updates applies, now or at a later time.
 *
 * `freeAt`, in which earlier versions stored fractional milliseconds, is not read.
 *
 * @throws whatever the SDK throws, and Error if others took slots during each attempt
 */
export const sendSlots = (client: DynamoDBDocumentClient, table: string): SendSlots => {
  const key = { TableName: table, Key: partKey(RATE, SEND_SLOTS) };
  const update = async (expressions: ReturnType<typeof slotsUpdate>) => {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          ...{ ...key, ...expressions },
          ReturnValues: 'UPDATED_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { next: Number(Attributes?.nextPlaceAt) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { known: storedSlots(unmarshall(error.Item ?? {}, { wrapNumbers: true })) };
    }
  };

  return {
    take: async (request) => {
      const { count, spacing, from, until } = request;
      const length = count * spacing;
      if (from + length > until) return { none: 'rate', wait: from + length - until };
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const moved = await update(slotsUpdate(request));
        if ('next' in moved) return { first: moved.next - length };
        const none = whyNone(moved.known, request);
        if (none !== 'reset') return none;
        if ('next' in (await update(resetUpdate(request)))) return { first: from };
      }
      throw new Error(`others took send slots during each of ${ATTEMPTS} attempts`);
    },
    used: async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: marshall(key.Key), ConsistentRead: true }),
      );
      const { next = 0, taken } = storedSlots(unmarshall(Item ?? {}, { wrapNumbers: true }));
      return { slots: taken, next };
    },
  };
};

/** Reads any number, including those that JavaScript cannot represent exactly, which the SDK rejects by default. */
const storedSlots = ({ nextPlaceAt, placesTaken, campaignsDueAt }: Readonly<Record<string, unknown>>): StoredSlots => ({
  next: numberIn(nextPlaceAt),
  taken: numberIn(placesTaken) ?? 0,
  dueAt: numberIn(campaignsDueAt),
});

const numberIn = (stored: unknown): number | undefined => {
  const value = typeof stored === 'object' && stored !== null && 'value' in stored ? Number(stored.value) : stored;
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
};
