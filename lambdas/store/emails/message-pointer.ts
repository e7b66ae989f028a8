import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { type EmailAttributes, isEarlier, type Origin } from '../../domain/ses-events/email-attributes.ts';
import { compareTexts } from '../../domain/values/compare-text.ts';
import { type Condition, conditionalUpdate, type StoredItem } from '../dynamodb/update-item.ts';

/**
 * Which of several messages at SES an item describes. One id of the sender's stands for two if a request to SES failed
 * although SES had accepted the message, and was repeated (SES Developer Guide, send-email-concepts-process).
 */
export type MessageOrigin = Readonly<{
  /** Set in any case: for one message it is the same in every event. */
  set: Readonly<Record<string, unknown>>;
  condition: Condition | undefined;
  /** The other message, which is found through a pointer. */
  other?: Readonly<{ sesMessageId: string; deleteAfter: number | undefined }>;
}>;

const NOTHING: MessageOrigin = { set: {}, condition: undefined };

/**
 * What email attributes set on an item: the item describes the earlier message, and the other one gets a pointer. If the
 * item was not read, the condition is that it describes no other message.
 */
export const originFor = (description: EmailAttributes, known: StoredItem | undefined): MessageOrigin => {
  const { sesMessageId } = description;
  // SES's own id stands for one message.
  if (sesMessageId === undefined) return NOTHING;
  const knownId = known?.sesMessageId;
  if (knownId === undefined || knownId === sesMessageId)
    return { set: endOf(description), condition: isAbout(sesMessageId) };
  if (!isFirst(description, known as StoredItem)) {
    return { ...NOTHING, other: { sesMessageId, deleteAfter: description.deleteAfter } };
  }
  return {
    set: originOf(description, known as StoredItem),
    condition: { expression: '#sesMessageId = :knownSesMessageId', values: { knownSesMessageId: knownId } },
    other: { sesMessageId: String(knownId), deleteAfter: numberIn(known?.deleteAfter) },
  };
};

const isAbout = (sesMessageId: string): Condition => ({
  expression: 'attribute_not_exists(#sesMessageId) OR #sesMessageId = :sesMessageId',
  values: { sesMessageId },
});

/**
 * The retention counts from when SES accepted an email: an email scheduled months ahead expires later than it was set to at
 * acceptance. Without that time the expiry is an estimate, and the first one stays.
 */
const endOf = ({ createdAt, deleteAfter }: EmailAttributes) =>
  createdAt === undefined || deleteAfter === undefined ? {} : { deleteAfter };

/** For an email that Mailtrail accepted, `createdAt` is the time of acceptance, equal for both messages at SES. */
const isFirst = (description: EmailAttributes, known: StoredItem): boolean =>
  known.acceptedAs === undefined
    ? isEarlier(description, known as Origin)
    : compareTexts(description.sesMessageId ?? '', String(known.sesMessageId)) < 0;

const originOf = ({ createdAt, sesMessageId, dayShard, deleteAfter }: Origin, known: StoredItem) => {
  const origin = known.acceptedAs === undefined ? { createdAt, dayShard } : {};
  return Object.fromEntries(
    Object.entries({ ...origin, sesMessageId, deleteAfter }).filter(([, value]) => value !== undefined),
  );
};

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Writes the pointer from SES's other message id to the email's item. Idempotent. */
export const writePointer = async (
  client: DynamoDBDocumentClient,
  table: string,
  messageId: string,
  { sesMessageId, deleteAfter }: NonNullable<MessageOrigin['other']>,
): Promise<void> => {
  const key = { messageId: sesMessageId, recipient: MESSAGE_ITSELF };
  await conditionalUpdate(client, table, key, {
    set: { pointsTo: messageId, ...(deleteAfter !== undefined && { deleteAfter }) },
  });
};
