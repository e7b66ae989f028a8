import { ok } from '../http/answer.ts';
import { storeUnreachable } from '../http/problem.ts';
import type { Dependencies, Route } from './routes.ts';

/** Whether the store can be read. */
export const getHealth =
  ({ archive }: Pick<Dependencies, 'archive'>): Route<'GET /v1/health'> =>
  async () => {
    await archive.answers().catch((error: unknown) => {
      throw storeUnreachable(error);
    });
    return ok({ status: 'ok' });
  };
