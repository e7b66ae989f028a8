import { ok } from '../../http/answer.ts';
import { storeUnreachable } from '../../http/problem.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';

/** Whether the store can be read, and how old the newest event in it is. */
export const getHealth =
  ({ newestEvent, now }: Pick<Dependencies, 'newestEvent' | 'now'>): Route<'GET /v1/health'> =>
  async () => {
    const at = await newestEvent().catch((error: unknown) => {
      throw storeUnreachable(error);
    });
    return ok({ status: 'ok', newestEvent: at === undefined ? null : { at, age: age(at, now()) } });
  };

/** In whole seconds; SES's clock may be a little ahead of ours. */
const age = (at: string, now: string): number => Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1_000));
