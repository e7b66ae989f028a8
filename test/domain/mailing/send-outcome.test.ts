import { describe, expect, it } from 'vitest';
import { readFailure, type SendFailure, type SendOutcome } from '../../../lambdas/domain/mailing/send-outcome.ts';

const SENTENCE =
  'Email address is not verified. The following identities failed the check in region EU-WEST-1: x.example';

/** What SES answered. */
const answered = (httpStatus: number, name: string, message = 'Refused.'): SendFailure => ({
  name,
  httpStatus,
  message,
});
/** What went wrong without an answer. */
const broken = (code: string | undefined, name = 'Error'): SendFailure => ({ name, code, message: 'no answer' });

describe('a call of SES that failed', () => {
  it.each<[string, SendFailure, SendOutcome]>([
    [
      'the rate, as seen on the v2 endpoint',
      answered(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
      { is: 'throttled' },
    ],
    [
      'the rate, as the guide names it',
      answered(400, 'ThrottlingException', 'Maximum sending rate exceeded'),
      { is: 'throttled' },
    ],
    [
      'the rate, as the older API names it',
      answered(400, 'Throttling', 'Maximum sending rate exceeded.'),
      { is: 'throttled' },
    ],
    ['too many calls, in other words', answered(429, 'SlowDown', 'Rate exceeded'), { is: 'throttled' }],
    ['the quota', answered(429, 'TooManyRequestsException', 'Daily message quota exceeded.'), { is: 'depleted' }],
    [
      'the quota, as the guide names it',
      answered(400, 'ThrottlingException', 'Daily message quota exceeded'),
      { is: 'depleted' },
    ],
    [
      'the quota, as the knowledge center says it',
      answered(429, 'TooManyRequestsException', 'Daily sending quota exceeded'),
      { is: 'depleted' },
    ],
    ['a limit of the account', answered(400, 'LimitExceededException'), { is: 'depleted' }],
    ['a rejected message', answered(400, 'MessageRejected', SENTENCE), { is: 'failed', reason: SENTENCE }],
    [
      'a bad request',
      answered(400, 'BadRequestException', 'Illegal\n  address'),
      { is: 'failed', reason: 'Illegal address' },
    ],
    [
      'a domain that is not verified',
      answered(400, 'MailFromDomainNotVerifiedException', 'No.'),
      { is: 'failed', reason: 'No.' },
    ],
    ['a missing configuration set', answered(404, 'NotFoundException', 'Gone.'), { is: 'failed', reason: 'Gone.' }],
    ['an error that says nothing', answered(400, 'NewException', ' '), { is: 'failed', reason: 'NewException' }],
    ['an email too large', answered(413, 'Error', 'Too large'), { is: 'failed', reason: 'Too large' }],
    [
      'a suspended account',
      answered(400, 'AccountSuspendedException'),
      { is: 'held', cause: 'AccountSuspendedException' },
    ],
    ['a paused one', answered(400, 'SendingPausedException'), { is: 'held', cause: 'SendingPausedException' }],
    ['a right we have not', answered(403, 'AccessDeniedException'), { is: 'held', cause: 'AccessDeniedException' }],
    ['a refused connection', broken('ECONNREFUSED'), { is: 'unreached', cause: 'ECONNREFUSED' }],
    ['a name without an address', broken('ENOTFOUND'), { is: 'unreached', cause: 'ENOTFOUND' }],
    ['no way there', broken('ENETUNREACH'), { is: 'unreached', cause: 'ENETUNREACH' }],
    [
      'no credentials',
      broken(undefined, 'CredentialsProviderError'),
      { is: 'unreached', cause: 'CredentialsProviderError' },
    ],
    ['silence', broken(undefined, 'TimeoutError'), { is: 'unknown', cause: 'TimeoutError' }],
    ['a connection that broke', broken('ECONNRESET'), { is: 'unknown', cause: 'ECONNRESET' }],
    ['a pipe that broke', broken('EPIPE'), { is: 'unknown', cause: 'EPIPE' }],
    [
      'an error of SES itself',
      answered(500, 'InternalServiceErrorException'),
      { is: 'unknown', cause: 'InternalServiceErrorException' },
    ],
    ['a gateway that gave up', answered(504, 'Error'), { is: 'unknown', cause: 'Error' }],
    ['a request that came too slowly', answered(408, 'RequestTimeout'), { is: 'unknown', cause: 'RequestTimeout' }],
    ['an answer that could not be read', answered(200, 'SyntaxError'), { is: 'unknown', cause: 'SyntaxError' }],
    ['a mistake of ours', broken(undefined, 'TypeError'), { is: 'unknown', cause: 'TypeError' }],
  ])('by %s', (_, failure, outcome) => {
    expect(readFailure(failure)).toEqual(outcome);
  });

  it('keeps at most 500 characters of what SES says', () => {
    const outcome = readFailure(answered(400, 'MessageRejected', 'x'.repeat(2_000)));

    expect(outcome).toEqual({ is: 'failed', reason: 'x'.repeat(500) });
  });

  it('is tried again only where SES said, or nobody could have heard, that nothing was taken', () => {
    const again = (failure: SendFailure) =>
      ['throttled', 'depleted', 'held', 'unreached'].includes(readFailure(failure).is);
    const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);

    expect(statuses.filter((status) => again(answered(status, 'Error')))).toEqual([403, 429]);
  });
});
