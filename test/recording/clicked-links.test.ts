import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistory } from '../../lambdas/domain/status/history.ts';
import { createHandler } from '../../lambdas/recording/record-click/handler.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { clickEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const SECRET = '4f3a9c7e1b';
const LINK = `https://kim:${SECRET}@club.example/reset/${SECRET}${SECRET}x?token=${SECRET}&utm_source=may#${SECRET}`;
const KEPT = 'https://club.example/reset/…?token=…&utm_source=may';

describe.each(engines())('a clicked link on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let emails = 0;

  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const clicks = (clickedLinks: string, link: string, messageId = `click-${emails++}`) =>
    createHandler({
      clickedLinks,
      recordFacts: factRecorder(documents, tables.emailStatus),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      ...silent(),
    })(sqsEvent([clickEvent({ messageId }, link)])).then(async () => {
      const { Items = [] } = await documents.send(
        new ScanCommand({ TableName: tables.emailStatus, ConsistentRead: true }),
      );
      const row = Items.find((item) => item.messageId === messageId) ?? {};
      return { messageId, row: JSON.stringify([...row.events]), history: readHistory([...row.events]) };
    });
  const linksOf = ({ history }: Awaited<ReturnType<typeof clicks>>) =>
    history.facts.map(({ details }) => details.url ?? details.link);

  it('is kept without what may be a secret', async () => {
    const { row, ...stored } = await clicks('short', LINK);

    expect(row).not.toContain(SECRET);
    expect(linksOf({ row, ...stored })).toEqual([KEPT]);
  });

  it('is kept whole with clickedLinks=full', async () => {
    expect(linksOf(await clicks('full', LINK))).toEqual([LINK]);
    expect((await clicks('full', 'https://club.example/agenda')).row).toContain('link=https://club.example/agenda');
  });

  it('is one click when the event comes again after the setting was changed', async () => {
    const whole = await clicks('full', LINK);
    const short = await clicks('short', LINK, whole.messageId);
    expect(short.row).toBe(whole.row);

    const other = await clicks('short', LINK);
    expect((await clicks('full', LINK, other.messageId)).history).toMatchObject({ clicks: 1 });
  });
});
