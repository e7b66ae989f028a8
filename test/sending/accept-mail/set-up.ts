import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { ConflictException } from '@aws-sdk/client-scheduler';
import { NotFoundException } from '@aws-sdk/client-sesv2';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { expect } from 'vitest';
import { schedules } from '../../../lambdas/aws/scheduler.ts';
import { senderIdentities } from '../../../lambdas/aws/ses/identities.ts';
import { jobQueues } from '../../../lambdas/aws/sqs/job-queues.ts';
import type { RouteKey } from '../../../lambdas/http/contract.ts';
import { timeOf } from '../../../lambdas/sending/accept-mail/answer-in-time.ts';
import { createHandler } from '../../../lambdas/sending/accept-mail/handler.ts';
import { emailAccepter } from '../../../lambdas/store/emails/accept-emails.ts';
import { failedCounter } from '../../../lambdas/store/emails/count-failed.ts';
import { findAccepted } from '../../../lambdas/store/emails/find-accepted.ts';
import { createIdempotency } from '../../../lambdas/store/mailings/idempotency.ts';
import { mailings } from '../../../lambdas/store/mailings/mailings.ts';
import { acceptRequests } from '../../../lambdas/store/mailings/requests.ts';
import { singleMailings } from '../../../lambdas/store/mailings/single-messages.ts';
import { verifiedSenders } from '../../../lambdas/store/mailings/verified-senders.ts';
import { readSuppressions } from '../../../lambdas/store/suppressions/suppress-many.ts';
import { clientOf, makeTables } from '../../support/engine.ts';
import { httpRequest } from '../../support/http-request.ts';
import { violations } from '../../support/openapi.ts';
import { silent } from '../../support/silent.ts';
import { TABLES } from '../../support/tables.ts';

// biome-ignore lint/suspicious/noExplicitAny: the contract defines bodies, and every body is checked against it.
type Body = any;
type Moment = 'before it was taken' | 'after it was taken';

export const NOW = '2026-11-25T12:00:00.000Z';
export const later = (milliseconds: number): string => new Date(Date.parse(NOW) + milliseconds).toISOString();

export const MAIL = {
  from: 'Office <office@club.example>',
  subject: 'Your statement, {{name}}',
  text: 'Dear {{name}}',
  html: '<p>Dear {{name}}</p>',
};
export const CAMPAIGN = { campaignId: 'october', category: 'statement', ...MAIL };
export const named = (...emails: readonly string[]) => emails.map((email) => ({ email, values: { name: 'Ann' } }));

/** Accepting mail on an engine with tables of its own, with the requests of SQS, Scheduler and SES that it needs. */
export const startAccepting = async (endpoint: string) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  const tables = await makeTables(client);
  const idempotency = tables.emailStatus.replace('EmailStatus', 'Idempotency');
  const attribute = { AttributeName: 'id' };
  await client.send(
    new CreateTableCommand({
      ...TABLES.campaigns,
      TableName: idempotency,
      KeySchema: [{ ...attribute, KeyType: 'HASH' }],
      AttributeDefinitions: [{ ...attribute, AttributeType: 'S' }],
    }),
  );
  const clock = { now: NOW };
  const timeLeft = { milliseconds: Number.POSITIVE_INFINITY };
  const quiet = silent();
  const sent: { queue: string; body: Body }[] = [];
  const scheduled = new Map<string, Body>();
  const verified = new Set(['club.example']);
  const asked: string[] = [];

  /** A service whose given request fails once, before or after it was executed. */
  const outside = { calls: 0, fault: undefined as { at: number; moment: Moment } | undefined };
  const service = (act: (input: Body, name: string) => object) => ({
    send: async (command: Body) => {
      const due = outside.fault?.at === outside.calls++ ? outside.fault.moment : undefined;
      if (due === 'before it was taken') throw new Error('the request was lost');
      const answer = act(command.input, command.constructor.name);
      if (due === 'after it was taken') throw new Error('the answer was lost');
      return answer;
    },
  });
  const sqs = service(({ QueueUrl, MessageBody }) => {
    sent.push({ queue: QueueUrl, body: JSON.parse(MessageBody) });
    return {};
  });
  const scheduler = service((input, name) => {
    if (name === 'DeleteScheduleCommand') scheduled.delete(input.Name);
    else if (scheduled.has(input.Name)) throw new ConflictException({ $metadata: {}, message: 'is there' } as never);
    else scheduled.set(input.Name, input);
    return {};
  });
  const ses = service(({ EmailIdentity }) => {
    asked.push(EmailIdentity);
    if (!verified.has(EmailIdentity)) throw new NotFoundException({ $metadata: {}, message: 'none' });
    return { VerifiedForSendingStatus: true };
  });

  // An interrupted request blocks a repeat for as long as its function could have run.
  const context = { getRemainingTimeInMillis: () => 1 } as Context;
  const handlerWith = (invocation: Context, others: Partial<Parameters<typeof createHandler>[0]> = {}) =>
    createHandler({
      requests: acceptRequests(documents, tables.mailings),
      mailings: mailings(documents, tables.mailings),
      singleMessages: singleMailings(documents, tables.mailings),
      acceptEmails: emailAccepter(documents, tables.emailStatus),
      countFailed: failedCounter(documents, tables.emailStatus),
      suppressions: { getEach: (addresses) => readSuppressions(documents, tables.suppressions, addresses) },
      schedules: schedules(scheduler as never, { group: 'group', queueArn: 'arn:queue', roleArn: 'arn:role' }),
      jobs: jobQueues(sqs as never, { campaignsToAdvance: 'campaigns', messagesToSend: 'messages' }),
      rowsOfEntries: findAccepted(documents, tables.emailStatus),
      identities: senderIdentities(ses as never, verifiedSenders(documents, tables.mailings), {
        pause: async () => {},
      }),
      idempotency: createIdempotency(documents as never, idempotency, () => invocation),
      newSalt: () => `salt of ${clock.now}`,
      retentionDays: 400,
      now: () => clock.now,
      timeOf: timeOf(() => timeLeft.milliseconds),
      logger: quiet.logger,
      ...others,
    });
  const handler = handlerWith(context);

  type Asked = Readonly<{ key?: string | null; campaignId?: string; caller?: string; handler?: typeof handler }>;
  const ask = async (
    route: RouteKey,
    body: unknown,
    { key = 'key-1', campaignId, caller, handler: by = handler }: Asked = {},
  ) => {
    const event = httpRequest(route, {
      ...(campaignId !== undefined && { path: { campaignId } }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: key === null ? {} : { 'idempotency-key': key },
    });
    if (caller !== undefined) Object.assign(event.requestContext, { authorizer: { jwt: { claims: { sub: caller } } } });
    const { statusCode = 0, headers = {}, body: text = '' } = await by(event);
    expect(violations(route, { statusCode, headers: headers as Record<string, string>, body: text })).toEqual([]);
    return { status: statusCode, body: JSON.parse(text) as Body };
  };
  const rowsOf = async (table: string): Promise<Body[]> => {
    const rows: Body[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new ScanCommand({ TableName: table, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
      );
      rows.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Set ? [...value].sort() : value]),
      ),
    );
  };

  return {
    ...{
      client,
      documents,
      tables,
      requests,
      failing,
      clock,
      timeLeft,
      sent,
      scheduled,
      verified,
      asked,
      outside,
      handlerWith,
      said: quiet.said,
    },
    send: (body: object, asked?: Asked) => ask('POST /v1/campaigns', { ...CAMPAIGN, ...body }, asked),
    add: (campaignId: string, recipients: readonly object[], asked?: Asked) =>
      ask('POST /v1/campaigns/{campaignId}/recipients', { recipients }, { campaignId, ...asked }),
    decide: (campaignId: string, what: 'approve' | 'quarantine' | 'cancel', asked?: Asked) =>
      ask(`POST /v1/campaigns/{campaignId}/${what}`, undefined, { campaignId, ...asked }),
    resend: (campaignId: string, body: object, asked?: Asked) =>
      ask('POST /v1/campaigns/{campaignId}/resend', body, { campaignId, ...asked }),
    message: (body: object, asked?: Asked) =>
      ask('POST /v1/messages', { ...MAIL, email: 'ann@example.com', values: { name: 'Ann' }, ...body }, asked),
    ask,
    /** The emails, by their recipients and their index in their request. */
    emails: async () =>
      (await rowsOf(tables.emailStatus)).toSorted((one, other) =>
        `${one.recipient} ${one.acceptedAs}` < `${other.recipient} ${other.acceptedAs}` ? -1 : 1,
      ),
    /** The items of Mailings, by their parts. */
    parts: async (mailingId = 'october') =>
      Object.fromEntries(
        (await rowsOf(tables.mailings)).filter((row) => row.campaignId === mailingId).map((row) => [row.part, row]),
      ) as Record<string, Body>,
    put: (row: object) => documents.send(new PutCommand({ TableName: tables.emailStatus, Item: row as never })),
    suppress: (row: object) => documents.send(new PutCommand({ TableName: tables.suppressions, Item: row as never })),
    drop: async () => {
      await tables.drop();
      await client.send(new DeleteTableCommand({ TableName: idempotency }));
    },
  };
};

export type Accepting = Awaited<ReturnType<typeof startAccepting>>;
