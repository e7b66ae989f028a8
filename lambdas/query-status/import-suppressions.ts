import { ok } from '../http/answer.ts';
import { invalid, type ParameterError } from '../http/problem.ts';
import { noteIn } from './put-suppression.ts';
import type { Dependencies, Route } from './routes.ts';

/** Suppresses many addresses by hand: one result for each, in their order. Repeated, it completes what broke off. */
export const importSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'POST /v1/suppressions/import'> =>
  async ({ body }) => {
    const wanted = body.suppressions.map(({ address, note }) => ({ ...address, note: noteIn(note) }));
    const repeated = repetitions(wanted.map(({ address }) => address));
    if (repeated.length > 0) throw invalid(repeated);

    const time = now();
    const done = await suppressions.suppressEach(wanted.map((one) => ({ ...one, now: time })));
    return ok({
      items: wanted.map(({ address }, index) => ({
        address,
        result: done[index]?.isNew ? 'suppressed' : 'already_suppressed',
      })),
    });
  };

/** One address twice has two notes, and a repeat would go on changing one for the other. */
const repetitions = (addresses: readonly string[]): readonly ParameterError[] => {
  const firsts = new Map<string, number>();
  return addresses.flatMap((address, index) => {
    const first = firsts.get(address);
    if (first === undefined) firsts.set(address, index);
    const parameter = `suppressions[${index}].address`;
    return first === undefined ? [] : [{ parameter, message: `is the same address as suppressions[${first}].address` }];
  });
};
