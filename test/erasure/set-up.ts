import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { erasureQueue } from '../../lambdas/aws/sqs/erasure-queue.ts';
import { createHandler as createWorker } from '../../lambdas/erasure/delete-emails/handler.ts';
import { createHandler } from '../../lambdas/erasure/erase-recipient/handler.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { emailEraser } from '../../lambdas/store/emails/erase-emails.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures } from '../../lambdas/store/erasures/erasures.ts';
import { contentEraser } from '../../lambdas/store/mailings/single-messages.ts';
import { suppressionEraser } from '../../lambdas/store/suppressions/erase-suppression.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { clientOf, makeTables } from '../support/engine.ts';
import { httpRequest } from '../support/http-request.ts';
import { violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';
import { sqsEvent } from '../support/sqs-event.ts';

const KEY = 'DELETE /v1/recipients/{email}';

/** A message of the queue of erasures, and its delay in seconds. */
type Sent = Readonly<{ body: string; delay: number }>;

/** Erasure on an engine with tables of its own: the function of the route, the queue as a list, the worker, recorders. */
export const startErasing = async (endpoint: string) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  const tables = await makeTables(client);
  const clock = { now: '2026-11-25T12:00:00.000Z' };
  const quiet = silent();
  const queue: Sent[] = [];
  const sqs = {
    /** The outcomes of the next sends: accepted by default. */
    faults: [] as ('lost' | 'answer lost' | 'second refused')[],
    send: async ({ input }: { input: { Entries: { Id: string; MessageBody: string; DelaySeconds: number }[] } }) => {
      const fault = sqs.faults.shift();
      if (fault === 'lost') throw new Error('the request was lost');
      const Failed: object[] = [];
      for (const { Id, MessageBody, DelaySeconds } of input.Entries) {
        if (fault === 'second refused' && DelaySeconds > 0) Failed.push({ Id, Code: 'InternalError' });
        else queue.push({ body: MessageBody, delay: DelaySeconds });
      }
      if (fault === 'answer lost') throw new Error('the answer was lost');
      return { Failed };
    },
  };
  const erasureJobs = erasureQueue(sqs as never, 'queue');
  const emails = emailEraser(documents, tables.emailStatus);
  const suppressions = suppressionEraser(documents, tables.suppressions);
  const now = () => clock.now;
  const handler = createHandler({
    ...{ emails, suppressions, queue: erasureJobs, now, erasures: erasures(documents, tables.erasures) },
    logger: quiet.logger,
  });
  const eraseContent = contentEraser(documents, tables.mailings);
  const worker = createWorker({ ...{ emails, eraseContent, suppressions, queue: erasureJobs }, logger: quiet.logger });

  const erase = async (email: string, query = '') => {
    const { statusCode = 0, headers = {}, body = '' } = await handler(httpRequest(KEY, { path: { email }, query }));
    expect(violations(KEY, { statusCode, headers: headers as Record<string, string>, body })).toEqual([]);
    return { status: statusCode, body: JSON.parse(body) };
  };
  /** Runs the worker with the messages, with this much time; whether all succeeded. */
  const workOff = async (bodies: readonly string[], time = 60_000) => {
    const answer = await worker(sqsEvent(bodies) as never, { getRemainingTimeInMillis: () => time });
    return answer.batchItemFailures.length === 0;
  };

  return {
    ...{ documents, requests, failing, tables, clock, queue, sqs, erase, workOff, said: quiet.said },
    /** Processes the messages in the queue, and new ones meanwhile; delayed ones only if requested. */
    settle: async ({ late = false } = {}) => {
      const isDue = ({ delay }: Sent) => late || delay === 0;
      for (let at = queue.findIndex(isDue); at !== -1; at = queue.findIndex(isDue)) {
        const [{ body }] = queue.splice(at, 1) as [Sent];
        expect(await workOff([body])).toBe(true);
      }
    },
    /** A recording function's environment: it caches the marks, and has a clock of its own. */
    aRecorder: () => {
      const erasedPeople = erasedReader(documents, tables.erasures);
      return async (at: string, ...bodies: readonly string[]) => {
        const said = silent();
        const answer = await recordBatch(sqsEvent(bodies), {
          recordFacts: factRecorder(documents, tables.emailStatus),
          recordSuppression: suppressionRecorder(documents, tables.suppressions),
          retentionDays: 400,
          erasedPeople,
          now: () => Date.parse(at),
          ...said,
        });
        expect(answer).toEqual({ batchItemFailures: [] });
        return said;
      };
    },
    /** The keys of the emails to an address, or to all. */
    emailsOf: async (address?: string) => {
      const { Items = [] } = await documents.send(
        new ScanCommand({ TableName: tables.emailStatus, ConsistentRead: true }),
      );
      const rows = Items.filter(({ recipient }) => address === undefined || recipient === address);
      return rows.map(({ messageId }) => String(messageId)).sort();
    },
    suppression: async (address: string) => {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tables.suppressions, Key: { address }, ConsistentRead: true }),
      );
      return Item;
    },
    marks: async () =>
      (await documents.send(new ScanCommand({ TableName: tables.erasures, ConsistentRead: true }))).Items ?? [],
    drop: tables.drop,
  };
};

export type Erasing = Awaited<ReturnType<typeof startErasing>>;
