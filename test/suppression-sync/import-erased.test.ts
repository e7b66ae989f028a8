import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { markOf } from '../../lambdas/domain/erasure/erasure.ts';
import { DAY } from '../../lambdas/domain/values/time.ts';
import { erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures, LEDGER, SALT } from '../../lambdas/store/erasures/erasures.ts';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { createHandler } from '../../lambdas/suppression-sync/import-suppressions/handler.ts';
import { engines } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('the import, of people who are erased, on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);

  const marks = () => erasures(on.table.documents, on.table.erasures);
  const erase = async (suppressionToo: boolean) => {
    const erasedAt = on.ses.now();
    await marks().remember({ address: on.ann, erasedAt, suppressionToo });
    return erasedAt;
  };
  const bringIn = async () => {
    const handler = createHandler({
      suppressions: importedSuppressions(on.table.documents, on.table.table),
      ...{ listFor: on.ses.listFor, now: on.ses.now, erasures: marks(), ...silent() },
      erasedPeople: erasedReader(on.table.documents, on.table.erasures),
    });
    return (await handler({}, { getRemainingTimeInMillis: () => 900_000 })).imported;
  };
  const read = async (entry: string) =>
    (await on.table.documents.send(new GetCommand({ TableName: on.table.erasures, Key: { ledger: LEDGER, entry } })))
      .Item;

  it('imports an address on SES’s list if its suppression was kept', async () => {
    await erase(false);
    on.ses.put(on.ann, 'BOUNCE');

    expect(await bringIn()).toBe(1);
  });

  it('leaves out an address whose suppression was erased, in every spelling and whenever SES listed it', async () => {
    on.ses.put(on.ann.toUpperCase(), 'BOUNCE');
    await erase(true);
    on.ses.put(on.ann, 'COMPLAINT', on.ses.clock.now() + 5_000);

    expect(await bringIn()).toBe(0);
    expect(await on.table.rows.get(on.ann)).toBeUndefined();
    expect(on.ses.entries.size).toBe(2);
  });

  it('imports their entry on SES’s list once there is a row of them again', async () => {
    await erase(true);
    on.ses.put(on.ann, 'COMPLAINT', on.ses.clock.now() + 5_000);
    await on.table.suppress(on.ann);

    expect(await bringIn()).toBe(1);
    expect(await on.table.rows.get(on.ann)).toMatchObject({ complaint: { source: 'ses_list' } });
  });

  it('extends the storage of their erasure for as long as they are on SES’s list', async () => {
    const erasedAt = await erase(true);
    on.ses.put(on.ann, 'BOUNCE');
    const salt = (await read(SALT))?.salt;
    const entry = `${erasedAt} ${markOf(on.ann, salt)}`;
    const begun = on.ses.clock.now();
    const daysLeft = async () => Math.round(((await read(entry))?.deleteAfter * 1_000 - begun) / DAY);

    await on.ses.clock.sleep(20 * DAY);
    expect([await bringIn(), await daysLeft()]).toEqual([0, 61]);
    await on.ses.clock.sleep(20 * DAY);
    expect([await bringIn(), await daysLeft()]).toEqual([0, 101]);
  });
});
