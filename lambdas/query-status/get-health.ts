import { ok } from '../http/answer.ts';
import { storeUnreachable } from '../http/problem.ts';
import type { Dependencies, Route } from './routes.ts';

/**
 * Whether the store can be read, and how old the newest email in it is. Of events only that much is known without keeping
 * a clock of our own: rows are found by when their email was accepted, and a late open of an old email is at no index's end.
 */
export const getHealth =
  ({ archive, now }: Pick<Dependencies, 'archive' | 'now'>): Route<'GET /v1/health'> =>
  async () => {
    const time = now();
    const acceptedAt = await archive.newest(time).catch((error: unknown) => {
      throw storeUnreachable(error);
    });
    return ok({
      status: 'ok',
      newestEmail: acceptedAt === undefined ? null : { acceptedAt, age: age(acceptedAt, time) },
    });
  };

/** In whole seconds; SES's clock may be a little ahead of ours. */
const age = (acceptedAt: string, now: string): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(acceptedAt)) / 1_000));
