import type { Draw } from './chance.ts';
import { SesError } from './rest-json.ts';
import type { SesSettings } from './settings.ts';

/** SendEmail's errors by their names: status, and what SES's API reference says of each. */
export const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  AccountSuspendedException: [
    400,
    "The message can't be sent because the account's ability to send email has been permanently restricted.",
  ],
  BadRequestException: [400, 'The input you provided is invalid.'],
  InternalServiceErrorException: [500, 'An internal service error occurred.'],
  LimitExceededException: [400, 'There are too many instances of the specified resource type.'],
  MailFromDomainNotVerifiedException: [400, "The message can't be sent because the sending domain isn't verified."],
  MessageRejected: [400, "The message can't be sent because it contains invalid content."],
  NotFoundException: [404, "The resource you attempted to access doesn't exist."],
  SendingPausedException: [
    400,
    "The message can't be sent because the account's ability to send email is currently paused.",
  ],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  ThrottlingException: [400, 'Maximum sending rate exceeded'],
  TooManyRequestsException: [429, 'Maximum sending rate exceeded.'],
};

/** @param name one of ERRORS */
export const errorNamed = (name: string): SesError => {
  const [status, message] = ERRORS[name] ?? [500, 'An internal service error occurred.'];
  return new SesError(name, message, status);
};

/** What an account that may not send answers every email with. @throws SesError unless the account is healthy */
export const refuseByAccount = ({ account }: Pick<SesSettings, 'account'>): void => {
  if (account === 'paused') throw errorNamed('SendingPausedException');
  if (account === 'suspended') throw errorNamed('AccountSuspendedException');
};

/** What is done to a call of SendEmail. Throttled and failed calls are not taken; the others are. */
export type Fault = 'throttled' | 'failed' | 'hung' | 'dropped';

/**
 * The fault a call meets; `undefined` for none.
 *
 * @param draw this call's own chance
 * @param now milliseconds since 1970
 */
export const faultOf = (settings: SesSettings, draw: Draw, now: number): Fault | undefined => {
  const { throttle, fail, hang, drop } = settings;
  const hits = (name: Fault, setting: Readonly<{ share: number }> | null) =>
    setting !== null && draw.number(name) < setting.share;
  if (throttle !== null && isBurst(throttle, now) && hits('throttled', throttle)) return 'throttled';
  if (hits('failed', fail)) return 'failed';
  if (hits('hung', hang)) return 'hung';
  return hits('dropped', drop) ? 'dropped' : undefined;
};

const isBurst = ({ every, for: length }: Readonly<{ every?: number; for?: number }>, now: number): boolean =>
  every === undefined || length === undefined || now % (1_000 * every) < 1_000 * length;
