import { digest, fingerprint } from '../../domain/values/digest.ts';
import { type Answer, accepted } from '../../http/answer.ts';
import { keyReused, stillWorking } from '../../http/problem.ts';
import type { Idempotency } from '../../store/mailings/idempotency.ts';

/** What of a request makes it this request and no other. */
type Asking = Readonly<{ caller: string; header: Readonly<{ 'idempotency-key': string }>; path: object; body: object }>;

/** A request, as it is remembered by. */
export type RequestName = Readonly<{ callId: string; fingerprint: string }>;

/** Keys belong to a caller and a path: what two of them call the same is not the same. */
export const nameOf = (route: string, { caller, header, path, body }: Asking): RequestName => ({
  callId: `${header['idempotency-key']}.${digest([caller, route, JSON.stringify(path)].join('\n'))}`,
  fingerprint: fingerprint(body),
});

/**
 * Answers a request once, and every repeat of it the same.
 * @throws Problem (409) where the key was used with another body, or the request is being worked on
 */
export const idempotentAnswer = async (
  once: Idempotency,
  named: RequestName,
  work: (named: RequestName) => Promise<object>,
): Promise<Answer> => {
  const done = await once({ key: named.callId, fingerprint: named.fingerprint }, () => work(named));
  if ('answer' in done) return accepted(done.answer);
  throw done.hindrance === 'other body' ? keyReused() : stillWorking();
};
