import { describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { createHandler as createEraser } from '../../lambdas/erasure/erase-recipient/handler.ts';
import type { RouteKey } from '../../lambdas/http/contract.ts';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };
import { outOfTime } from '../../lambdas/http/problem.ts';
import { SENDING_CONTRACT } from '../../lambdas/http/sending-contract.gen.ts';
import { createHandler as createExplainer } from '../../lambdas/query-api/explain-statuses/handler.ts';
import type { Dependencies } from '../../lambdas/query-api/query-status/dependencies.ts';
import { createHandler } from '../../lambdas/query-api/query-status/handler.ts';
import type { Dependencies as AcceptMail } from '../../lambdas/sending/accept-mail/dependencies.ts';
import { createHandler as createAccepter } from '../../lambdas/sending/accept-mail/handler.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { httpRequest } from '../support/http-request.ts';
import { responseOf, violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const email: EmailStatus = {
  ...{ messageId: 'm1', recipient: 'ann@example.com', createdAt: NOW, status: 'delivered', rank: 200, statusAt: NOW },
  events: [`${NOW} delivered response=OK`, `${NOW} opened automated=yes`],
};
const item = { address: 'ann@example.com', manual: { at: NOW, source: 'api' as const } };
const last = { createdAt: NOW, messageId: 'm1' };

/** A store that has every record, none, or fails. */
const stores: Readonly<Record<string, object>> = {
  full: {
    archive: {
      message: async () => ({ rows: [email, { ...email, recipient: '*' }], more: false }),
      email: async () => email,
      emailsTo: async () => ({ emails: [email], last }),
      log: async () => ({ emails: [email], last: { ...last, recipient: 'ann@example.com' } }),
    },
    campaigns: {
      find: async () => ({
        ...{ count: { counters: { recipients: 1, delivered: 1 } }, standing: { state: 'started', sendAt: NOW } },
        waiting: 'queued',
      }),
      recipients: async () => ({
        emails: [email],
        last: { 3: { messageId: 'm1', status: 'delivered', recipient: 'a' } },
      }),
    },
    suppressions: {
      get: async () => item,
      getEach: async () => [item],
      page: async () => ({ items: [item], last: item.address }),
      suppress: async () => ({ item, isNew: false }),
      suppressEach: async () => [{ item, isNew: false }],
      lift: async () => ({ ended: causesInForce(item, NOW), remaining: [], item: { address: 'ann@example.com' } }),
      leaveCategory: async () => ({ item, isNew: false }),
      liftCategory: async () => ({ ended: [], remaining: causesInForce(item, NOW), item }),
    },
    newestEvent: async () => NOW,
  },
  empty: {
    archive: {
      message: async () => undefined,
      email: async () => 'no such message',
      emailsTo: async () => ({ emails: [], last: undefined }),
      log: async () => ({ emails: [], last: undefined }),
    },
    campaigns: { find: async () => undefined, recipients: async () => ({ emails: [], last: undefined }) },
    suppressions: {
      get: async () => undefined,
      getEach: async () => [undefined],
      page: async () => ({ items: [], last: undefined }),
      suppress: async () => ({ item, isNew: true }),
      suppressEach: async () => [{ item, isNew: true }],
      lift: async () => undefined,
      leaveCategory: async () => ({ item, isNew: true }),
      liftCategory: async () => undefined,
    },
    newestEvent: async () => undefined,
  },
  /** Only the recipient's own opt-out is in force. */
  left: { suppressions: { lift: async () => ({ ended: [], remaining: causesInForce(item, NOW), item }) } },
  broken: {
    archive: {},
    suppressions: {},
    campaigns: {},
    newestEvent: () => Promise.reject(new Error('no answer')),
  },
};

/** Names of stores, and one only for functions that accept mail. */
const STORES = [...Object.entries(stores), ['late', stores.broken as object] as const];

const RECIPIENTS = [{ email: 'ann@example.com' }];
const MAIL = { from: 'office@club.example', subject: 'Hello', text: 'Hello' };

/** The bodies of the operations that have one. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /v1/suppressions/check': { addresses: ['ann@example.com'] },
  'POST /v1/messages': { email: 'ann@example.com', ...MAIL },
  'POST /v1/campaigns': { campaignId: 'october', recipients: RECIPIENTS, ...MAIL },
  'POST /v1/campaigns/{campaignId}/recipients': { recipients: RECIPIENTS },
  'POST /v1/campaigns/{campaignId}/resend': { reason: 'outcome unknown' },
  'POST /v1/suppressions/import': { suppressions: [{ address: 'ann@example.com', note: 'asked' }] },
};

const erasing = {
  ...{ erasures: { remember: async () => {} }, suppressions: { erase: async () => {} } },
  ...{ emails: { count: async () => ({ emails: 1, isFloor: false }) }, queue: { begin: async () => {} } },
};

/** Mail that is accepted, missing, or past sending. test/sending covers accepting itself. */
const sending: Readonly<Record<string, (key: RouteKey) => object>> = {
  full: (key) => ({
    idempotency: async () => ({
      answer: key.endsWith('/messages')
        ? { messageId: 'm1', status: 'queued', reason: null }
        : {
            ...{ campaignId: 'october', state: 'started' },
            ...(key.endsWith('/resend')
              ? { matched: 1, matchedIsExact: true }
              : { recipients: 1, byStatus: { queued: 1 }, warnings: [] }),
          },
    }),
    mailings: {
      read: async () => ({ state: 'pending_approval' }),
      move: async () => ({ moved: true }),
      end: async () => ({ moved: true }),
    },
    ...{ schedules: { delete: async () => {} }, jobs: { advance: async () => {} } },
  }),
  empty: (key) => ({
    // A path without a parameter has nothing to be missing: the request is in progress.
    idempotency: async (_: unknown, handle: () => Promise<object>) =>
      key.includes('{') ? { answer: await handle() } : { hindrance: 'in progress' },
    mailings: { read: async () => undefined, readContent: async () => undefined },
    requests: { find: async () => ({}) },
  }),
  broken: () => ({
    idempotency: async () => ({ hindrance: 'other body' }),
    mailings: {
      read: async () => ({ state: 'expired', openCalls: [] }),
      move: async () => ({ moved: false }),
      end: async () => ({ moved: false }),
    },
  }),
  late: () => ({ idempotency: () => Promise.reject(outOfTime()), mailings: {} }),
};

/** The function that handles an operation, with such a store. */
const handlerOf = (key: RouteKey, store: object, name: string) => {
  const around = { now: () => NOW, logger: silent().logger };
  if (key in SENDING_CONTRACT) return createAccepter({ ...(sending[name]?.(key) as AcceptMail), ...around });
  if (key === 'GET /v1/statuses') return createExplainer(around);
  return key === 'DELETE /v1/recipients/{email}'
    ? createEraser({ ...erasing, ...around })
    : createHandler({ ...(store as Dependencies), ...around });
};

/** An internal error without a store. */
const fault = {
  get rawQueryString(): string {
    throw new Error('a fault of ours');
  },
};

/** The operations for front ends; test/public-links holds those behind links in emails to the contract. */
const keys = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries<{ security: readonly unknown[] }>(item)
    .filter(([, { security }]) => security.length > 0)
    .map(([method]) => `${method.toUpperCase()} ${path}` as RouteKey),
);
/** The statuses an operation documents. */
const statusesOf = (key: RouteKey): readonly string[] => {
  const [method = '', path = ''] = key.split(' ');
  const item: Readonly<Record<string, { responses: object }>> = openapi.paths[path as keyof typeof openapi.paths];
  return Object.keys(item[method.toLowerCase()]?.responses ?? {});
};

/** The media types of a function's own responses; the others are API Gateway's. */
const OURS = ['application/json', 'application/problem+json', 'text/csv'];
const PROBLEM = 'application/problem+json';

describe.each(keys)('%s', (key) => {
  const path = Object.fromEntries(
    Object.entries({ messageId: 'm1', email: 'ann@example.com', campaignId: 'october', category: 'news' }).filter(
      ([name]) => key.includes(`{${name}}`),
    ),
  );

  it('responds as documented, with each documented response', async () => {
    const seen = new Set<string>();
    for (const [name, store] of STORES) {
      const handler = handlerOf(key, store, name);
      const headers = { 'idempotency-key': 'key-1' };
      const plain = httpRequest(key, { path, headers, body: JSON.stringify(BODIES[key] ?? {}) });
      for (const event of [
        plain,
        { ...plain, headers: { accept: 'text/csv' } },
        { ...plain, rawQueryString: 'unknown=1' },
        Object.defineProperties({ ...plain }, Object.getOwnPropertyDescriptors(fault)),
      ]) {
        const result = await handler(event);

        expect([name, violations(key, result as never)]).toEqual([name, []]);
        seen.add(`${result.statusCode} ${(result.headers as Record<string, string>)['content-type']?.split(';')[0]}`);
      }
    }
    const documented = statusesOf(key).flatMap((status) =>
      Object.keys(responseOf(key, Number(status))?.[1].content ?? {})
        .filter((type) => OURS.includes(type) && Number(status) < 400 === (type !== PROBLEM))
        .map((type) => `${status} ${type}`),
    );

    expect([...seen].toSorted()).toEqual(documented.toSorted());
  });
});
