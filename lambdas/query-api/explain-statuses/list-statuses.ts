import { explain } from '../../domain/status/explanation.ts';
import { ranksOf, STATUS_NAMES, STATUSES } from '../../domain/status/statuses.ts';
import { ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';

/** The reference of all statuses, in the words of one vocabulary. */
export const listStatuses =
  (): Route<'GET /v1/statuses'> =>
  async ({ query: { vocabulary } }) =>
    ok({
      items: STATUS_NAMES.map((status) => {
        const ranks = ranksOf(status);
        const { group } = STATUSES[status];
        const { label, native, meaning, nextStep, final } = explain(status, vocabulary, { overdue: false });
        return { status, label, native, meaning, nextStep, group, rank: Math.max(...ranks), ranks, final };
      }),
      applied: { vocabulary },
    });
