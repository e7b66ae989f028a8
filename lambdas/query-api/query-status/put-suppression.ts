import { created, ok } from '../../http/answer.ts';
import type { Route } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { showSuppression } from './show-suppression.ts';

/** Suppresses an address by hand. */
export const putSuppression =
  ({ suppressions, now }: Pick<Dependencies, 'suppressions' | 'now'>): Route<'PUT /v1/suppressions/{email}'> =>
  async ({ path, body }) => {
    const { address, spelling } = path.email;
    const time = now();
    const { item, isNew } = await suppressions.suppress(address, { spelling, note: noteIn(body.note), now: time });
    const shown = showSuppression(item, time);
    if (shown === undefined) throw new Error('a cause that was just added is not in force');
    return isNew ? created(shown) : ok(shown);
  };

/** A person's note, unless it is blank. */
export const noteIn = (note: string | undefined): string | undefined =>
  // The store would return half a surrogate pair as another character, so the note would never compare equal.
  note?.trim().toWellFormed() || undefined;
