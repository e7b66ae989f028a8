import { createHmac } from 'node:crypto';

/** A person who is erased: all emails that SES accepted until then, and, if they want that too, their suppression. */
export type ErasureRequest = Readonly<{
  address: string;
  /** ISO 8601 UTC with milliseconds. */
  erasedAt: string;
  suppressionToo: boolean;
}>;

/** Days an erasure is remembered: SES tells opens and clicks for 60 days (SES guide, faqs-metrics), and one to spare. */
export const DAYS_REMEMBERED = 61;

/** What a person is remembered by: nobody gets the address out of it, but who has both can compare. */
export const markOf = (address: string, salt: string): string =>
  createHmac('sha256', salt).update(address).digest('base64url');

/** Whether an email belongs to what was erased. One whose time SES did not give is taken for an earlier one. */
export const isErased = (acceptedAt: string | undefined, erasedAt: string): boolean =>
  acceptedAt === undefined || acceptedAt <= erasedAt;

/** When a person was last erased, and when last with their suppression. */
export type Remembered = Readonly<{ erasedAt: string; suppressionErasedAt?: string | undefined }>;

/** Tells what of news must not be recorded, because it is about emails from before their recipient was erased. */
export type ErasedRecipients = Readonly<{
  /** Whether an email to the address, accepted by SES then, was erased. */
  email: (address: string, acceptedAt: string | undefined) => boolean;
  /** Whether what that email tells of the address's suppression was. */
  suppression: (address: string, acceptedAt: string | undefined) => boolean;
  /** When the address's suppression was last erased. */
  suppressionErasedAt: (address: string) => string | undefined;
}>;

/** @param marks by `markOf`; without a salt there are none */
export const erasedRecipients = (
  marks: ReadonlyMap<string, Remembered>,
  salt: string | undefined,
): ErasedRecipients => {
  const find = (address: string) =>
    salt === undefined || marks.size === 0 ? undefined : marks.get(markOf(address, salt));
  const suppressionErasedAt = (address: string) => find(address)?.suppressionErasedAt;
  return {
    email: (address, acceptedAt) => {
      const erasedAt = find(address)?.erasedAt;
      return erasedAt !== undefined && isErased(acceptedAt, erasedAt);
    },
    suppression: (address, acceptedAt) => {
      const erasedAt = suppressionErasedAt(address);
      return erasedAt !== undefined && isErased(acceptedAt, erasedAt);
    },
    suppressionErasedAt,
  };
};

/** Nobody was ever erased. */
export const NOBODY_ERASED: ErasedRecipients = erasedRecipients(new Map(), undefined);
