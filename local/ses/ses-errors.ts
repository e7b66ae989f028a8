import { SesError } from './rest-json.ts';

/** SendEmail's errors by name: status, and the description in the SES API reference. */
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
