/**
 * What came of a call of SES's SendEmail. What decides is whether SES may have taken the mail: only where it surely has not
 * is the email tried again, or SES's refusal believed. Everything else leaves open whether the mail is on its way.
 */
export type SendOutcome =
  | Readonly<{ is: 'sent'; sesMessageId: string }>
  /** The account's send rate is used up. Nothing was taken. */
  | Readonly<{ is: 'throttled' }>
  /** The day's quota is used up. Nothing was taken. */
  | Readonly<{ is: 'depleted' }>
  /** SES will never take this email, in its own sentence. */
  | Readonly<{ is: 'failed'; reason: string }>
  /** SES takes nothing from this account, or not from us: for a person to see to. `cause` is the error's name. */
  | Readonly<{ is: 'held'; cause: string }>
  /** SES was not reached. Nothing was taken. */
  | Readonly<{ is: 'unreached'; cause: string }>
  /** SES may have taken the mail. */
  | Readonly<{ is: 'unknown'; cause: string }>;

/** How a call failed, as far as it can be told. */
export type SendFailure = Readonly<{
  /** The error's name: SES's exception, or the SDK's own. */
  name: string;
  /** Of an answer that SES gave; absent where there was none. */
  httpStatus?: number | undefined;
  /** Node.js's code for what went wrong with the connection, such as `ECONNREFUSED`. */
  code?: string | undefined;
  message: string;
}>;

/**
 * Reads a failure. Names are those of SES's API (API reference, SendEmail). For rate and quota the guide names
 * ThrottlingException with two sentences (manage-sending-quotas-errors); on the v2 endpoint TooManyRequestsException is
 * seen, so neither name nor status alone tells which of the two is used up.
 */
export const readFailure = ({ name, httpStatus, code, message }: SendFailure): SendOutcome => {
  if (httpStatus === undefined) {
    const reached = !NEVER_ASKED.has(name) && !NO_CONNECTION.has(code ?? '');
    return { is: reached ? 'unknown' : 'unreached', cause: code ?? name };
  }
  if (httpStatus === 429 || USED_UP.has(name)) {
    return { is: /\b(daily|24.hour)\b.*\bquota\b/i.test(message) ? 'depleted' : 'throttled' };
  }
  if (name === 'LimitExceededException') return { is: 'depleted' };
  if (httpStatus === 403 || PAUSED.has(name)) return { is: 'held', cause: name };
  // 408 says that SES did not get the request in time, not what it made of it.
  if (httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408)
    return { is: 'failed', reason: sentenceOf(message, name) };
  return { is: 'unknown', cause: name };
};

const USED_UP: ReadonlySet<string> = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);
const PAUSED: ReadonlySet<string> = new Set(['AccountSuspendedException', 'SendingPausedException']);
/** The SDK had no credentials to sign a request with. */
const NEVER_ASKED: ReadonlySet<string> = new Set(['CredentialsProviderError']);
/** No connection came about. One that broke may have carried the request. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** SES's words, which a person reads beside the email; an answer without any has a name at least. */
const sentenceOf = (message: string, name: string): string =>
  message.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_REASON) || name;

const LONGEST_REASON = 500;
