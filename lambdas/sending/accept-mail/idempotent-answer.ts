import { digest, fingerprint } from '../../domain/values/digest.ts';
import { type Answer, accepted } from '../../http/answer.ts';
import { keyReused, stillWorking } from '../../http/problem.ts';
import type { Idempotency } from '../../store/mailings/idempotency.ts';

/** What identifies a request. */
type IdentifiedRequest = Readonly<{
  caller: string;
  header: Readonly<{ 'idempotency-key': string }>;
  path: object;
  body: object;
}>;

/** The id of a request, and a fingerprint of its body. */
export type RequestName = Readonly<{ requestKey: string; fingerprint: string }>;

/** A key belongs to a caller and a path: two callers may use the same key for different requests. */
export const nameOf = (route: string, { caller, header, path, body }: IdentifiedRequest): RequestName => ({
  requestKey: `${header['idempotency-key']}.${digest([caller, route, JSON.stringify(path)].join('\n'))}`,
  fingerprint: fingerprint(body),
});

/**
 * Handles a request once, and returns the same answer for every repeat of it.
 * @throws Problem (409) if the key was used with another body, or the request is in progress
 */
export const idempotentAnswer = async (
  idempotency: Idempotency,
  named: RequestName,
  handle: (named: RequestName) => Promise<object>,
): Promise<Answer> => {
  const done = await idempotency({ key: named.requestKey, fingerprint: named.fingerprint }, () => handle(named));
  if ('answer' in done) return accepted(done.answer);
  throw done.hindrance === 'other body' ? keyReused() : stillWorking();
};
