import { describe, expect, it } from 'vitest';
import { readRequest } from '../../lambdas/http/request.ts';
import { httpRequest } from '../support/http-request.ts';
import { NOW, refusals } from '../support/refusals.ts';

const LIST = 'GET /v1/recipients/{email}/messages';
const PUT = 'PUT /v1/suppressions/{email}';
const ann = { email: 'ann@example.com' };

const listOf = (query: string) => readRequest(LIST, httpRequest(LIST, { path: ann, query }), NOW);

describe('parameters', () => {
  it('have their defaults', () => {
    expect(listOf('').query).toMatchObject({ limit: 25, vocabulary: 'mailtrail', from: undefined, status: undefined });
  });

  it('are read as the contract defines', () => {
    const { path, query } = listOf('limit=100&status=bounced_hard&vocabulary=creatio&from=2026-11-24T12:00:00%2B02:00');

    expect(path.email).toEqual({ address: 'ann@example.com', spelling: 'ann@example.com' });
    expect(query).toMatchObject({
      limit: 100,
      status: 'bounced_hard',
      vocabulary: 'creatio',
      from: '2026-11-24T10:00:00.000Z',
    });
  });

  it('are rejected all at once, each with the valid values', () => {
    const wrong = refusals(LIST, {
      path: { email: 'nobody' },
      query: 'limit=101&status=lost&from=yesterday&vocabulary=klingon&colour=red&limits=1',
    });

    expect(wrong.map((line) => line.split(' ')[0]).toSorted()).toEqual(
      ['colour', 'email', 'from', 'limit', 'limits', 'status', 'vocabulary'].toSorted(),
    );
    expect(wrong).toContain('limit must be a whole number from 1 to 100');
    expect(wrong).toContain('vocabulary must be one of mailtrail, clubspot, clinicsense, creatio, commusoft, tipimail');
    expect(wrong).toContain('colour is no known parameter; known here: from, to, status, limit, cursor, vocabulary');
  });

  it.each(['0', '101', '-1', '1.5', '1e1', '', ' 5', '٣', '9'.repeat(20)])('reject %j as a limit', (limit) => {
    expect(refusals(LIST, { path: ann, query: `limit=${encodeURIComponent(limit)}` })).toHaveLength(1);
  });

  it.each(['2026-11-24', '2026-11-24T10:00:00', '2026-11-24T10:00:00 02:00', '2026-02-30T10:00:00Z', '1732442400', ''])(
    'reject %j as a time',
    (time) => {
      expect(refusals(LIST, { path: ann, query: `to=${encodeURIComponent(time)}` })).toHaveLength(1);
    },
  );

  it('have an error that explains how to send a + if one arrived as a space, and only then', () => {
    const right = 'to must be a time with its offset, such as 2026-11-24T10:00:00.000Z';

    expect(refusals(LIST, { path: ann, query: 'to=2026-11-24T10:00:00+02:00' })).toEqual([
      `${right}; send a + in it as %2B`,
    ]);
    expect(refusals(LIST, { path: ann, query: 'to=2026-11-24' })).toEqual([right]);
  });

  it('given twice are rejected', () => {
    expect(refusals(LIST, { path: ann, query: 'limit=1&limit=2' })).toEqual(['limit is given 2 times; give it once']);
  });

  it('with a window that ends before it begins are rejected', () => {
    const query = 'from=2026-11-24T10:00:00Z&to=2026-11-24T11:00:00%2B01:00';

    expect(refusals(LIST, { path: ann, query })).toEqual(['to must be later than from']);
  });

  it('never appear in an error', () => {
    const query = 'ann%40example.com=1&limit=ann@example.com&from=ann@example.com&cursor=ann@example.com';

    expect(refusals(LIST, { path: { email: 'ann@example.com, bo@example.com' }, query }).join()).not.toContain('ann');
  });

  it('are rejected on a route without any', () => {
    expect(refusals('GET /v1/health', { query: 'deep=1' })).toEqual(['deep is no known parameter; there is none here']);
  });
});

describe('an address in a path', () => {
  const given = (email: string) => readRequest(PUT, httpRequest(PUT, { path: { email } }), NOW).path.email;
  const encoded = (text: string) => `~${Buffer.from(text).toString('base64url')}`;

  it('is compared in lower case and kept as spelled', () => {
    expect(given('Ann <Ann.Bö+x@Exämple.com>')).toEqual({
      address: 'ann.bö+x@xn--exmple-cua.com',
      spelling: 'Ann.Bö+x@Exämple.com',
    });
  });

  it('may come as ~ and its base64url, with or without padding', () => {
    expect(given(encoded('a/b?c%20@example.com')).address).toBe('a/b?c%20@example.com');
    expect(given(`~${Buffer.from('a%b@example.com').toString('base64').replaceAll('+', '-')}`).address).toBe(
      'a%b@example.com',
    );
  });

  it('may itself begin with ~, and is never decoded again', () => {
    expect(given('~ann@example.com').address).toBe('~ann@example.com');
    expect(given('100%25@example.com').address).toBe('100%25@example.com');
  });

  it.each([
    '*',
    'nobody',
    'a b@example.com',
    encoded('nobody'),
    '~',
    `~${Buffer.from('\xff@example.com', 'latin1').toString('base64url')}`,
  ])('is not %j', (email) => {
    expect(refusals(PUT, { path: { email } })).toEqual([expect.stringMatching(/^email must be one email address/)]);
  });
});
