import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { RouteKey } from '../../lambdas/http/contract.ts';
import { createHandler } from '../../lambdas/query-api/query-status/handler.ts';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { campaignReader } from '../../lambdas/store/campaigns/campaign-reader.ts';
import { readNewestEvent } from '../../lambdas/store/campaigns/newest-event.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { emailReader } from '../../lambdas/store/emails/email-reader.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { mailingOverlay } from '../../lambdas/store/emails/waiting-status.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { clientOf, makeTables } from './engine.ts';
import { httpRequest } from './http-request.ts';
import { nobodyErased } from './nobody-erased.ts';
import { violations } from './openapi.ts';
import { silent } from './silent.ts';
import { sqsEvent } from './sqs-event.ts';

// biome-ignore lint/suspicious/noExplicitAny: the contract defines the bodies, and every body is checked against it.
export type Body = any;

/**
 * The query function on an engine with tables of its own, and ways to fill them. Every response is checked against the
 * contract.
 */
export const startQueryApi = async (endpoint: string) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  const tables = await makeTables(client);
  const clock = { now: '2026-11-25T12:00:00.000Z' };
  const quiet = silent();
  const now = () => clock.now;
  const handler = createHandler({
    archive: emailReader(documents, tables.emailStatus, mailingOverlay(documents, tables.mailings, now)),
    campaigns: campaignReader(documents, tables, now),
    suppressions: suppressionList(documents, tables.suppressions),
    newestEvent: () => readNewestEvent(documents, tables.campaigns),
    now,
    logger: quiet.logger,
  });

  type Asked = Parameters<typeof httpRequest>[1];
  const answer = async (key: RouteKey, parameters?: Asked) => {
    const { statusCode: status, headers = {}, body = '' } = await handler(httpRequest(key, parameters));
    expect(violations(key, { statusCode: status ?? 0, headers, body })).toEqual([]);
    return { status, headers: headers as Record<string, string>, body };
  };
  const ask = async (key: RouteKey, parameters?: Asked) => {
    const { status, body } = await answer(key, parameters);
    return { status, body: JSON.parse(body) as Body };
  };
  const askCsv = (key: RouteKey, parameters?: Asked) => answer(key, { ...parameters, headers: { accept: 'text/csv' } });

  /** Records events that arrive now, by the test's clock. */
  const record = async (...bodies: readonly string[]) => {
    const arrivedAt = Date.parse(clock.now);
    const { batchItemFailures } = await recordBatch(sqsEvent(bodies, clock.now), {
      recordFacts: factRecorder(documents, tables.emailStatus),
      recordSuppression: suppressionRecorder(documents, tables.suppressions, () => arrivedAt),
      retentionDays: 400,
      erasedPeople: nobodyErased,
      now: () => arrivedAt,
      ...quiet,
    });
    expect(batchItemFailures).toEqual([]);
  };

  const putSuppressions = async (rows: readonly object[]) => {
    for (let start = 0; start < rows.length; start += 25) {
      const puts = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [tables.suppressions]: puts } }));
    }
  };

  const putRows = async (rows: readonly Partial<EmailStatus>[]) => {
    for (let start = 0; start < rows.length; start += 25) {
      const puts = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item: { events: [], ...Item } } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [tables.emailStatus]: puts } }));
    }
  };

  const suppressionRow = async (address: string) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tables.suppressions, Key: { address }, ConsistentRead: true }),
    );
    return Item;
  };

  return {
    ask,
    askCsv,
    record,
    putRows,
    putSuppressions,
    suppressionRow,
    documents,
    tables,
    requests,
    failing,
    clock,
    handler,
    said: quiet.said,
  };
};

export type QueryApi = Awaited<ReturnType<typeof startQueryApi>>;
