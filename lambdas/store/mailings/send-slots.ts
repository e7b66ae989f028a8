import { ConditionalCheckFailedException, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { partKey, RATE, SEND_SLOTS } from './mailing-row.ts';
import { resetUpdate, slotsUpdate, whyNone } from './send-slots-update.ts';
import type { SlotAnswer, SlotRequest, StoredSlots } from './slots.ts';

export type SendSlots = Readonly<{
  take: (places: SlotRequest) => Promise<SlotAnswer>;
  /** How many places were taken in all, and the time of the next one. Read consistently. */
  used: () => Promise<Readonly<{ places: number; next: number }>>;
}>;

const ATTEMPTS = 10;

/**
 * The send rate that all workers share: one item says from when on places are free, and each worker moves that time on by
 * the places it takes, with one write for several emails. Everything in it is a whole number, and every condition compares
 * by order: whatever the number is, one of the writes applies to it, now or when the time has come.
 *
 * `freeAt`, in which versions before kept milliseconds with fractions, is not read any more.
 *
 * @throws whatever the SDK throws, and Error where others moved it on during each of many attempts
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
      return { known: storedPlaces(unmarshall(error.Item ?? {}, { wrapNumbers: true })) };
    }
  };

  return {
    take: async (places) => {
      const { count, spacing, from, until } = places;
      const length = count * spacing;
      if (from + length > until) return { none: 'rate', wait: from + length - until };
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const moved = await update(slotsUpdate(places));
        if ('next' in moved) return { first: moved.next - length };
        const none = whyNone(moved.known, places);
        if (none !== 'reset') return none;
        if ('next' in (await update(resetUpdate(places)))) return { first: from };
      }
      throw new Error(`the allowance was moved on by others during each of ${ATTEMPTS} attempts`);
    },
    used: async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: marshall(key.Key), ConsistentRead: true }),
      );
      const { next = 0, taken } = storedPlaces(unmarshall(Item ?? {}, { wrapNumbers: true }));
      return { places: taken, next };
    },
  };
};

/** Any number can be read, also one beyond those that JavaScript holds exactly, which the SDK refuses by default. */
const storedPlaces = ({
  nextPlaceAt,
  placesTaken,
  campaignsDueAt,
}: Readonly<Record<string, unknown>>): StoredSlots => ({
  next: numberIn(nextPlaceAt),
  taken: numberIn(placesTaken) ?? 0,
  dueAt: numberIn(campaignsDueAt),
});

const numberIn = (stored: unknown): number | undefined => {
  const value = typeof stored === 'object' && stored !== null && 'value' in stored ? Number(stored.value) : stored;
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
};
