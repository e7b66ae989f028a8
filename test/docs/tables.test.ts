import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { synthesize, temporaryFolder } from '../lib/synthesized.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { bounceEvent, deliveryEvent, type Mail, sendEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';
import { blocksOf, DOCUMENTS, tableOf } from './documents.ts';

const document = DOCUMENTS.find(({ name }) => name === 'docs/tables.md') ?? { name: '', text: '' };

/** The commands of the document by the names in the comments before them. */
const QUERIES = new Map(
  blocksOf(document).flatMap(({ mark, text }) => (mark?.startsWith('query: ') ? [[mark.slice(7), text]] : [])),
);

const mail = (messageId: string, to: string, timestamp: string, tags: Mail['tags'] = {}): Mail => ({
  messageId,
  destination: [to],
  timestamp,
  subject: 'Statement',
  tags,
});
const CAMPAIGN = { campaign: ['statements-2026-11'] };
const TO_ANN = mail('0100019abc-000000', 'Ann@Example.com', '2026-11-24T10:00:00.000Z');
const LATER_TO_ANN = mail('0100019abc-000002', 'ann@example.com', '2026-11-25T10:00:00.000Z');
/** In several shards, those that bounce too. */
const OF_CAMPAIGN = Array.from({ length: 9 }, (_, n) =>
  mail(`0100019abc-1000${n}`, `member${n}@example.com`, `2026-11-24T11:00:${10 + n}.000Z`, CAMPAIGN),
);
/** Under an id of its sender's. */
const OWN_ID = mail('0100019abc-000001', 'bob@example.com', '2026-11-23T10:00:00.000Z', { 'mailtrail-id': ['own-id'] });

describe.each(engines())('the queries of docs/tables.md on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;

  beforeAll(async () => {
    tables = await makeTables(client);
    const bodies = [
      ...[TO_ANN, LATER_TO_ANN, OWN_ID, ...OF_CAMPAIGN].map(sendEvent),
      deliveryEvent(LATER_TO_ANN, '2026-11-25T10:00:03.000Z'),
      bounceEvent(TO_ANN, { timestamp: '2026-11-24T10:00:04.000Z' }),
      ...OF_CAMPAIGN.map((of, n) =>
        n % 4 === 0 ? bounceEvent(of, { timestamp: '2026-11-24T12:00:00.000Z' }) : deliveryEvent(of),
      ),
    ];
    const { batchItemFailures } = await recordBatch(sqsEvent(bodies), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: Date.now,
      ...silent(),
    });
    expect(batchItemFailures).toEqual([]);
  });
  afterAll(() => tables.drop());

  /** What a command of the document prints, line by line. */
  const linesOf = async (name: string): Promise<readonly string[]> => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'aws'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'aws-cli.ts')}" "$@"\n`,
    );
    chmodSync(join(folder, 'aws'), 0o755);
    const shell = spawn('sh', ['-euc', QUERIES.get(name) ?? 'exit 1'], {
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        EMAILS: tables.emailStatus,
        SUPPRESSIONS: tables.suppressions,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, problems] = await Promise.all([shell.stdout.toArray(), shell.stderr.toArray()]);

    expect(problems.join('')).toBe('');
    return printed
      .join('')
      .split('\n')
      .filter((line) => line !== '');
  };

  it('lists the emails to an address, newest first', async () => {
    expect(await linesOf('emails to an address')).toEqual([
      '2026-11-25T10:00:00.000Z\tdelivered\tStatement',
      '2026-11-24T10:00:00.000Z\tbounced_hard\tStatement',
    ]);
  });

  it('lists what bounced of a day', async () => {
    expect((await linesOf('bounced of a day')).toSorted()).toEqual([
      'bounced_hard\tann@example.com\t2026-11-24T10:00:04.000Z',
      ...[0, 4, 8].map((n) => `bounced_hard\tmember${n}@example.com\t2026-11-24T12:00:00.000Z`),
    ]);
  });

  it('lists who of a campaign bounced', async () => {
    expect((await linesOf('recipients of a campaign')).toSorted()).toEqual(
      [0, 4, 8].map((n) => `bounced_hard\tmember${n}@example.com\t0100019abc-1000${n}`),
    );
  });

  it('shows what is stored of an address', async () => {
    const [item = ''] = await linesOf('suppression of an address');

    expect(JSON.parse(item).Item).toMatchObject({
      address: { S: 'ann@example.com' },
      bounce: { M: { source: { S: 'ses_event' }, messageId: { S: TO_ANN.messageId } } },
    });
  });

  it('finds a message by its own id, and by the id of SES', async () => {
    const [items = ''] = await linesOf('message by its own id');

    expect(JSON.parse(items).Items).toMatchObject([
      { recipient: { S: 'ann@example.com' }, status: { S: 'bounced_hard' } },
    ]);
    expect(await linesOf('message by the id of SES')).toEqual(['own-id\tbob@example.com']);
  });
});

describe('docs/tables.md', () => {
  it('has no query that is not run here', () => {
    expect([...QUERIES.keys()].sort()).toEqual([
      'bounced of a day',
      'emails to an address',
      'message by its own id',
      'message by the id of SES',
      'recipients of a campaign',
      'suppression of an address',
    ]);
  });

  it('has every table and index of the stack, with its key', () => {
    type Keyed = Readonly<{ KeySchema: readonly Readonly<{ AttributeName: string }>[] }>;
    const key = ({ KeySchema }: Keyed) => KeySchema.map(({ AttributeName }) => `\`${AttributeName}\``).join(', ');
    const stack = synthesize();
    const keys = stack
      .all('AWS::DynamoDB::GlobalTable')
      .flatMap(([id, { Properties }]) => [
        [`\`${id.replace(/Table[0-9A-F]{8}$/, '')}\``, key(Properties)],
        ...(Properties.GlobalSecondaryIndexes ?? []).map((index: Keyed & { IndexName: string }) => [
          `\`${index.IndexName}\``,
          key(index),
        ]),
      ]);
    const rows = tableOf(document, '| table or index | key | holds |').map(([name, its]) => [name, its]);

    expect(rows.toSorted()).toEqual(keys.toSorted());
  });
});
