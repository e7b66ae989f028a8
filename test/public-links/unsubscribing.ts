import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { readHistory } from '../../lambdas/domain/status/history.ts';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import type { Claims } from '../../lambdas/public-links/token.ts';
import { createHandler } from '../../lambdas/public-links/unsubscribe-recipient/handler.ts';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { linkFactRecorder } from '../../lambdas/store/emails/record-link-fact.ts';
import { readSuppression } from '../../lambdas/store/suppressions/suppression-list.ts';
import { unsubscribing } from '../../lambdas/store/suppressions/unsubscribe.ts';
import { clientOf, makeTables } from '../support/engine.ts';
import { violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';
import { ANN, linkRequest, SECRET, tokenOf } from './links.ts';

export const START = Date.parse('2026-11-24T10:00:00.000Z');
export const LATER = '2027-01-01T00:00:00.000Z';
export const [GET, HEAD, POST] = ['GET /u/{token}', 'HEAD /u/{token}', 'POST /u/{token}'] as const;

/** Emails with unsubscribe links, and their effects: another email to another person in each test. */
export const leavingOn = (endpoint: string) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  const { logger, said } = silent();
  let tables: Awaited<ReturnType<typeof makeTables>>;
  /** The current email. */
  const email = {
    claims: ANN as Claims,
    people: 0,
    /** Seconds between requests: no two have the same time. */
    calls: 0,
    next: () => {
      email.people++;
      email.claims = { ...ANN, messageId: `m${email.people}`, recipient: `Ann.${email.people}@Example.com` };
    },
  };
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());
  beforeEach(email.next);

  const address = (recipient = email.claims.recipient) => recipient.toLowerCase();
  const ask = async (route: string, form?: string, token = tokenOf('unsubscribe', email.claims)) => {
    const handler = createHandler({
      secret: async () => SECRET,
      suppressions: unsubscribing(documents, tables.suppressions),
      emails: linkFactRecorder(documents, tables.emailStatus),
      now: () => new Date(START + email.calls++ * 1_000).toISOString(),
      logger,
    });
    const answer = await handler(linkRequest(route, token, form === undefined ? {} : { form }));
    expect(violations(route, answer as never)).toEqual([]);
    return { status: answer.statusCode, body: answer.body ?? '', headers: answer.headers as Record<string, string> };
  };
  const isSent = ({ messageId, recipient } = email.claims) =>
    factRecorder(
      documents,
      tables.emailStatus,
    )({
      ...{ messageId, recipient: address(recipient), spellings: [recipient], movesStatus: true, description: {} },
      arrivedAt: '2026-12-01T00:00:00.000Z',
      facts: [{ kind: 'delivered', at: '2026-11-24T09:00:00.000Z', details: {} }],
    });
  const row = async ({ messageId, recipient } = email.claims) => {
    const Key = { messageId, recipient: address(recipient) };
    return (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key, ConsistentRead: true }))).Item;
  };
  const suppression = ({ recipient } = email.claims) =>
    readSuppression(documents, tables.suppressions, address(recipient));
  return {
    ...{ email, address, ask, isSent, row, suppression, documents, requests, failing, logger, said },
    tables: () => tables,
    leavings: async (of = email.claims) =>
      readHistory([...((await row(of))?.events ?? [])]).facts.filter(({ kind }) => kind === 'unsubscribed'),
    /** The opt-outs of the address, as the API returns them. */
    left: async (of = email.claims) =>
      causesInForce((await suppression(of)) ?? { address: '' }, LATER).map(({ cause, categories, messageId }) => ({
        ...{ cause, categories, messageId },
      })),
    /** All rows there are, by their keys. */
    everything: async () => {
      const rows = [tables.emailStatus, tables.suppressions].map(async (TableName) => {
        const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
        return Items.map((item) => [`${item.messageId} ${item.recipient} ${item.address}`, item] as const);
      });
      return Object.fromEntries((await Promise.all(rows)).flat());
    },
  };
};
