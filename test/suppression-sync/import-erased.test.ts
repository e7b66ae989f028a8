import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { markOf } from '../../lambdas/domain/erasure/erasure.ts';
import { DAY } from '../../lambdas/domain/values/time.ts';
import { erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures, LEDGER, SALT } from '../../lambdas/store/erasures/erasures.ts';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { createHandler } from '../../lambdas/suppression-sync/import-suppressions/handler.ts';
import { engines } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('the import, of people who are erased, on $name', ({ endpoint }) => {
  let ses: FaultySes = faultySes();
  let table: Awaited<ReturnType<typeof mirroredTable>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    table = await mirroredTable(endpoint, () => ses);
  });
  afterAll(() => table?.drop());
  beforeEach(() => {
    ses = faultySes();
    ann = `ann${people++}@example.com`;
  });

  const marks = () => erasures(table.documents, table.erasures);
  const erase = async (suppressionToo: boolean) => {
    const erasedAt = ses.now();
    await marks().remember({ address: ann, erasedAt, suppressionToo });
    return erasedAt;
  };
  const bringIn = async () => {
    const handler = createHandler({
      suppressions: importedSuppressions(table.documents, table.table),
      ...{ listFor: ses.listFor, now: ses.now, erasures: marks(), ...silent() },
      erasedPeople: erasedReader(table.documents, table.erasures),
    });
    return (await handler({}, { getRemainingTimeInMillis: () => 900_000 })).imported;
  };
  const read = async (entry: string) =>
    (await table.documents.send(new GetCommand({ TableName: table.erasures, Key: { ledger: LEDGER, entry } }))).Item;

  it('brings in whom SES’s list has, where the suppression was to stay', async () => {
    await erase(false);
    ses.put(ann, 'BOUNCE');

    expect(await bringIn()).toBe(1);
  });

  it('leaves out whose suppression was erased, in every spelling and whenever SES listed them', async () => {
    ses.put(ann.toUpperCase(), 'BOUNCE');
    await erase(true);
    ses.put(ann, 'COMPLAINT', ses.clock.now() + 5_000);

    expect(await bringIn()).toBe(0);
    expect(await table.rows.get(ann)).toBeUndefined();
    expect(ses.entries.size).toBe(2);
  });

  it('brings in what SES’s list says of them once there is something of them here again', async () => {
    await erase(true);
    ses.put(ann, 'COMPLAINT', ses.clock.now() + 5_000);
    await table.suppress(ann);

    expect(await bringIn()).toBe(1);
    expect(await table.rows.get(ann)).toMatchObject({ complaint: { source: 'ses_list' } });
  });

  it('goes on remembering them for as long as SES’s list has them', async () => {
    const erasedAt = await erase(true);
    ses.put(ann, 'BOUNCE');
    const salt = (await read(SALT))?.salt;
    const entry = `${erasedAt} ${markOf(ann, salt)}`;
    const begun = ses.clock.now();
    const daysLeft = async () => Math.round(((await read(entry))?.deleteAfter * 1_000 - begun) / DAY);

    await ses.clock.sleep(20 * DAY);
    expect([await bringIn(), await daysLeft()]).toEqual([0, 61]);
    await ses.clock.sleep(20 * DAY);
    expect([await bringIn(), await daysLeft()]).toEqual([0, 101]);
  });
});
