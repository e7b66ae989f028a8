import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { type EmailAttributes, isEarlier, type Origin } from '../../domain/ses-events/email-attributes.ts';
import { compareTexts } from '../../domain/values/compare-text.ts';
import { type Condition, conditionalUpdate, type StoredItem } from '../dynamodb/update-item.ts';

/**
 * Which of several messages at SES an item is about. One id of the sender's stands for two where a call to SES failed
 * although SES had accepted the message, and was repeated (SES Developer Guide, send-email-concepts-process).
 */
export type MessageOrigin = Readonly<{
  /** Set whatever the item has: of one message it is the same in every event. */
  set: Readonly<Record<string, unknown>>;
  condition: Condition | undefined;
  /** The message that the item is not about, which is found by a pointer. */
  other?: Readonly<{ sesMessageId: string; deleteAfter: number | undefined }>;
}>;

const NOTHING: MessageOrigin = { set: {}, condition: undefined };

/**
 * What a description sets on an item: the earlier message is the item's, and the other one gets a pointer. Of an item that
 * nobody has seen, on the condition that it is about no other message.
 */
export const originFor = (description: EmailAttributes, known: StoredItem | undefined): MessageOrigin => {
  const { sesMessageId } = description;
  // An id of SES's own stands for one message.
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
 * From when SES accepted it, an email is kept for the retention: one that was planned for months has a later end than it
 * was accepted with. Without that time the end is a guess, and the first one stays.
 */
const endOf = ({ createdAt, deleteAfter }: EmailAttributes) =>
  createdAt === undefined || deleteAfter === undefined ? {} : { deleteAfter };

/** Of an email that Mailtrail accepted, `createdAt` is the acceptance and tells no two messages of SES apart. */
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

/** Writes by which id the email of a message is found that its own item is not about. Writing it again changes nothing. */
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
