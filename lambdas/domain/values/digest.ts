import { createHash } from 'node:crypto';

/** A short, stable fingerprint of a text: 64 bits of SHA-256 in base64url. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 8).toString('base64url');

/** The same of several texts, in 128 bits: for what must not be taken for another one among all there will ever be. */
export const digestOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');

/**
 * Which of `SHARDS` parts of a day or of a campaign an email is filed in. One index key takes 1,000 writes a second and
 * throttles the table behind it (DynamoDB Developer Guide, partition limits), so neither a day nor a campaign is one key.
 */
export const shardOf = (messageId: string, recipient: string): number =>
  createHash('sha256').update(`${messageId}\n${recipient}`).digest().readUInt32BE(0) % SHARDS;

export const SHARDS = 8;

/** An id for an email, made of all that it is of: 192 bits of SHA-256, 32 characters that SES takes in a tag. */
export const emailId = (...of: readonly (string | number)[]): string =>
  createHash('sha256').update(of.join('\n')).digest().subarray(0, 24).toString('base64url');

/** Tells one request's body from another's. */
export const fingerprint = (body: object): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url');
