import { ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { noteIn } from './put-suppression.ts';
import { givenAddress, whatIsWrong } from './unusable-items.ts';

/**
 * Suppresses many addresses by hand: one result for each, in their order. An entry that is wrong, or whose address came
 * before, stops no other one. Repeated, it completes what broke off.
 */
export const importSuppressions =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'POST /v1/suppressions/import'> =>
  async ({ body }) => {
    const firsts = new Map<string, number>();
    for (const [index, row] of body.suppressions.entries()) {
      if (!('unusable' in row) && !firsts.has(row.address.address)) firsts.set(row.address.address, index);
    }
    const time = now();
    const wanted = [...firsts.values()].flatMap((index) => {
      const row = body.suppressions[index];
      if (row === undefined || 'unusable' in row) return [];
      const { address, note } = row;
      return [{ ...address, note: noteIn(note), now: time }];
    });
    const done = await suppressions.suppressEach(wanted);
    const isNew = new Map(wanted.map(({ address }, index) => [address, done[index]?.isNew === true]));
    return ok({
      items: body.suppressions.map((row, index) => {
        if ('unusable' in row) return { address: givenAddress(row), result: 'invalid', message: whatIsWrong(row) };
        const { address } = row.address;
        const first = firsts.get(address);
        if (first !== index) {
          return { address, result: 'duplicate', message: `is the same address as suppressions[${first}].address` };
        }
        return { address, result: isNew.get(address) ? 'suppressed' : 'already_suppressed', message: null };
      }),
    });
  };
