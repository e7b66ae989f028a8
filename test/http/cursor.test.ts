import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../lambdas/http/cursor.ts';
import { Problem } from '../../lambdas/http/problem.ts';
import { readRequest } from '../../lambdas/http/request.ts';
import { httpRequest } from '../support/http-request.ts';

const aText = fc.oneof(fc.constantFrom('a', '', 'ü🦊', '"', '2026-11-24T10:00:00.000Z', '__proto__'), fc.string());
const aCursor = fc.record({
  after: fc.dictionary(fc.nat({ max: 9 }).map(String), fc.dictionary(fc.constantFrom('createdAt', 'messageId'), aText)),
  filters: fc.dictionary(fc.constantFrom('from', 'to', 'status'), aText),
});
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('a cursor', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(aText, aCursor, (list, cursor) => {
        const written = writeCursor(list, cursor);

        expect(written).toMatch(/^[\w-]+$/);
        expect(plain(readCursor(list, written))).toEqual(plain(cursor));
      }),
    );
  });

  it('is rejected with any one character altered, added or removed', () => {
    const alphabet = [...'ABCDwxyz0189-_=+/ '];
    fc.assert(
      fc.property(aCursor, fc.nat(), fc.constantFrom(...alphabet, ''), fc.boolean(), (cursor, where, other, insert) => {
        const written = writeCursor('a list', cursor);
        const at = where % written.length;
        const altered = written.slice(0, at) + other + written.slice(insert ? at : at + 1);
        fc.pre(altered !== written);

        expect(readCursor('a list', altered)).toBeUndefined();
      }),
    );
  });

  it('is rejected with its last character altered, which base64 may ignore', () => {
    const written = writeCursor('a list', { after: {}, filters: {} });
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

    for (const other of others.filter((character) => !written.endsWith(character))) {
      expect(readCursor('a list', written.slice(0, -1) + other)).toBeUndefined();
    }
  });

  it('is rejected on another list', () => {
    fc.assert(
      fc.property(aText, aText, aCursor, (one, other, cursor) => {
        fc.pre(one !== other);

        expect(readCursor(other, writeCursor(one, cursor))).toBeUndefined();
      }),
    );
  });

  it.each([
    null,
    [],
    1,
    {},
    { after: {} },
    { after: { 0: 'x' }, filters: {} },
    { after: { 0: { a: 1 } }, filters: {} },
  ])('is not %j', (value) => {
    expect(readCursor('a list', Buffer.from(JSON.stringify(value)).toString('base64url'))).toBeUndefined();
  });
});

describe('a list with a cursor', () => {
  const LIST = 'GET /v1/recipients/{email}/messages';
  const SUPPRESSIONS = 'GET /v1/suppressions';
  const NOW = '2026-11-25T12:00:00.000Z';
  const listOf = (query: string, email = 'ann@example.com') =>
    readRequest(LIST, httpRequest(LIST, { path: { email }, query }), NOW);
  const last = { createdAt: '2026-11-24T10:00:00.000Z', messageId: 'm1' };
  const filters = 'status=sent&from=2026-11-24T12:00:00%2B02:00';
  const cursor = listOf(filters).nextCursor({ 0: last });
  const refused = (ask: () => unknown) => {
    try {
      ask();
    } catch (error) {
      if (error instanceof Problem) return error.body.errors?.map(({ parameter }) => parameter);
    }
    return undefined;
  };

  it('keeps its filters', () => {
    const next = listOf(`cursor=${cursor}&limit=7`);

    expect(next.query).toMatchObject({ status: 'sent', from: '2026-11-24T10:00:00.000Z', to: undefined, limit: 7 });
    expect(next.after(0, 'createdAt', 'messageId')).toEqual(last);
    expect(next.nextCursor({ 0: last })).toBe(cursor);
  });

  it('allows the same filters beside it, however they are written, and the same address', () => {
    expect(listOf(`cursor=${cursor}&status=sent&from=2026-11-24T10:00:00Z`, 'ANN@example.com').query.status).toBe(
      'sent',
    );
  });

  it('rejects other filters beside it', () => {
    const other = `cursor=${cursor}&status=delivered&to=2026-11-24T10:00:00Z`;

    expect(refused(() => listOf(other))).toEqual(['to', 'status']);
  });

  it('rejects the cursor of another address and of another route', () => {
    expect(refused(() => listOf(`cursor=${cursor}`, 'bo@example.com'))).toEqual(['cursor']);
    expect(
      refused(() => readRequest(SUPPRESSIONS, httpRequest(SUPPRESSIONS, { query: `cursor=${cursor}` }), NOW)),
    ).toEqual(['cursor']);
  });

  it('rejects a cursor with a valid checksum and invalid content', () => {
    const list = JSON.stringify([LIST, 'ann@example.com']);
    const forged = (filters: Record<string, string>, after = { 0: last }) => writeCursor(list, { after, filters });

    expect(refused(() => listOf(`cursor=${forged({ status: 'lost' })}`))).toEqual(['cursor']);
    expect(refused(() => listOf(`cursor=${forged({ limit: '7' })}`))).toEqual(['cursor']);
    expect(refused(() => listOf(`cursor=${forged({ from: last.createdAt, to: last.createdAt })}`))).toEqual(['cursor']);
    expect(refused(() => listOf(`cursor=${forged({}, { 1: last } as never)}`).after(0, 'createdAt'))).toEqual([
      'cursor',
    ]);
    expect(refused(() => listOf(`cursor=${forged({})}`).after(0, 'createdAt', 'address'))).toEqual(['cursor']);
    expect(
      refused(() => listOf(`cursor=${forged({}, { 0: { ...last, messageId: '' } })}`).after(0, 'messageId')),
    ).toEqual(['cursor']);
  });

  it.each(['2026-11-24T09:59:59.999Z', '2026-11-24T11:00:00.000Z', '2026-11-24T10:00:00Z', 'yesterday'])(
    'rejects a position outside its window: %s',
    (createdAt) => {
      const list = JSON.stringify([LIST, 'ann@example.com']);
      const filters = { from: '2026-11-24T10:00:00.000Z', to: '2026-11-24T11:00:00.000Z' };
      const forged = writeCursor(list, { after: { 0: { ...last, createdAt } }, filters });

      expect(refused(() => listOf(`cursor=${forged}`).after(0, 'createdAt', 'messageId'))).toEqual(['cursor']);
    },
  );
});
