import { beforeEach } from 'vitest';
import type { Body, QueryApi } from '../support/query-api.ts';
import { bounceEvent, complaintEvent, subscriptionEvent } from '../support/ses-events.ts';

const ONE = '/v1/suppressions/{email}';

/** The current time of these tests by default. */
export const NOW = '2026-11-25T12:00:00.000Z';

let people = 0;

/** A new address for every test: its suppression requests, and SES's events about it. */
export const aPerson = (api: () => QueryApi) => {
  let email = '';
  const be = (address: string) => {
    email = address;
  };
  beforeEach(() => {
    be(`ann${people++}@example.com`);
    api().clock.now = NOW;
  });
  const of = () => ({ messageId: `ses-${email}`, destination: [email] });
  return {
    be,
    email: () => email,
    of,
    get: () => api().ask(`GET ${ONE}`, { path: { email } }),
    put: (note?: string, spelling = email) =>
      api().ask(`PUT ${ONE}`, { path: { email: spelling }, body: JSON.stringify({ note }) }),
    lift: (query = '') => api().ask(`DELETE ${ONE}`, { path: { email }, query }),
    row: () => api().suppressionRow(email),
    bounced: (subtype = 'General') => api().record(bounceEvent(of(), { subtype })),
    complained: (timestamp = '2026-11-24T12:00:00.000Z') => api().record(complaintEvent(of(), { timestamp })),
    left: () => api().record(subscriptionEvent(of(), { all: true, was: false, timestamp: '2026-11-24T13:00:00.000Z' })),
  };
};

/** The names of causes. */
export const causes = (list: Body) => list.map(({ cause }: { cause: string }) => cause);
