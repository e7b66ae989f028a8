import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

type SetUp = {
  ses: FaultySes;
  table: Awaited<ReturnType<typeof mirroredTable>>;
  ann: string;
  /** Sets `ann` to another address, and SES to one without entries. */
  another: () => void;
};

/**
 * For the tests of a `describe`: one table on an engine, and for each test an SES without entries and an address of its
 * own.
 */
export const mirrorSetUp = (endpoint: string): SetUp => {
  const on = { ses: faultySes(), ann: '' } as SetUp;
  let people = 0;
  on.another = () => {
    on.ses = faultySes();
    on.ann = `ann${people++}@example.com`;
  };
  beforeAll(async () => {
    on.table = await mirroredTable(endpoint, () => on.ses);
  });
  afterAll(() => on.table?.drop());
  beforeEach(() => {
    on.another();
    on.table.work.length = 0;
  });
  return on;
};
