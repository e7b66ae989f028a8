import type { RejectedStatus } from '../../domain/mailing/send-policy.ts';
import type { Status } from '../../domain/status/statuses.ts';

/**
 * The result of a queue message: the status that the email got, or
 * - `held`: SES accepts no email of the account; the email stays queued
 * - `unreached`: SES was not reached; the email stays queued
 * - `unknown`: it is not known whether SES accepted it; it stays `sending`
 * - `passed_over`: already handled: another worker has it, it has a final status, or its recipient was erased
 */
export type ProcessResult = Readonly<{
  is:
    | Extract<Status, 'sent' | 'throttled' | 'depleted' | 'failed_sending' | 'failed_rendering'>
    | RejectedStatus
    | 'held'
    | 'unreached'
    | 'unknown'
    | 'passed_over';
  /** The name of the error, for the log. */
  cause?: string;
}>;

export const ALREADY_HANDLED: ProcessResult = { is: 'passed_over' };

/** Thrown for an email that cannot be processed. Its queue message is retried and then kept as a dead letter. */
export class NotSendable extends Error {
  override readonly name = 'NotSendable';
}
