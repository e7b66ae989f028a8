import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, clickEvent, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const RETENTION_DAYS = 30;
const BEFORE_END = '2026-12-24T10:00:00.000Z';
const AFTER_END = '2026-12-24T10:00:02.000Z';

describe.each(engines())('an event of an email whose end has passed on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const record = async (body: string, arrivedAt: string) => {
    const answer = await recordBatch(sqsEvent([body], arrivedAt), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions),
      retentionDays: RETENTION_DAYS,
      erasedPeople: nobodyErased,
      now: () => Date.parse(arrivedAt),
      ...silent(),
    });
    expect(answer.batchItemFailures).toEqual([]);
  };
  const row = async (messageId: string) => {
    const Key = { messageId, recipient: 'ann@example.com' };
    return (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key }))).Item;
  };

  it('does not bring back a row that is gone', async () => {
    await record(clickEvent({ messageId: 'gone' }), AFTER_END);

    expect(await row('gone')).toBeUndefined();
  });

  it('is recorded as long as the row is still there', async () => {
    await record(sendEvent({ messageId: 'still-there' }), BEFORE_END);
    await record(clickEvent({ messageId: 'still-there' }), AFTER_END);

    expect(await row('still-there')).toMatchObject({ status: 'clicked' });
  });

  it('makes a row until then', async () => {
    await record(clickEvent({ messageId: 'in-time' }), BEFORE_END);

    expect(await row('in-time')).toMatchObject({ status: 'clicked' });
  });

  it('still suppresses its address', async () => {
    await record(bounceEvent({ messageId: 'bounced', destination: ['ann@example.com'] }), AFTER_END);

    expect(await row('bounced')).toBeUndefined();
    const Key = { address: 'ann@example.com' };
    const { Item } = await documents.send(new GetCommand({ TableName: tables.suppressions, Key }));
    expect(Item?.bounce).toMatchObject({ messageId: 'bounced' });
  });
});
