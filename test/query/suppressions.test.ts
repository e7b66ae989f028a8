import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent, complaintEvent, subscriptionEvent } from '../support/ses-events.ts';

const ONE = '/v1/suppressions/{email}';
const NOW = '2026-11-25T12:00:00.000Z';

describe.each(engines())('suppressions on $name', ({ endpoint }) => {
  let api: QueryApi;
  let people = 0;
  let email = '';
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  beforeEach(() => {
    email = `ann${people++}@example.com`;
    api.clock.now = NOW;
  });

  const get = () => api.ask(`GET ${ONE}`, { path: { email } });
  const put = (note?: string, spelling = email) =>
    api.ask(`PUT ${ONE}`, { path: { email: spelling }, body: JSON.stringify({ note }) });
  const lift = (query = '') => api.ask(`DELETE ${ONE}`, { path: { email }, query });
  const of = () => ({ messageId: `ses-${email}`, destination: [email] });
  const bounced = (subtype = 'General') => api.record(bounceEvent(of(), { subtype }));
  const complained = (timestamp = '2026-11-24T12:00:00.000Z') => api.record(complaintEvent(of(), { timestamp }));
  const left = () =>
    api.record(subscriptionEvent(of(), { all: true, was: false, timestamp: '2026-11-24T13:00:00.000Z' }));
  const causes = (body: Body) => body.map(({ cause }: { cause: string }) => cause);

  describe('of one address', () => {
    it('are 404 while there is none', async () => {
      expect(await get()).toMatchObject({ status: 404, body: { detail: 'This address is not suppressed.' } });
    });

    it('name the strongest cause, and all of them with their times', async () => {
      await bounced();
      await complained();
      await left();
      const { body } = await get();

      expect(body).toMatchObject({
        address: email,
        reason: 'complaint',
        categories: null,
        suppressedAt: '2026-11-24T10:00:04.000Z',
        onSesList: 'pending',
      });
      expect(causes(body.causes)).toEqual(['complaint', 'bounce', 'unsubscribe']);
      expect(body.history.map(({ what }: { what: string }) => what)).toEqual(['bounce', 'complaint', 'unsubscribe']);
      expect(body.causes[1]).toMatchObject({ source: 'ses_event', messageId: of().messageId, endsAt: null });
    });

    it('are on SES’s list where SES says so, and not where someone only unsubscribed', async () => {
      await left();
      expect((await get()).body.onSesList).toBe(false);

      await bounced('OnAccountSuppressionList');
      expect((await get()).body.onSesList).toBe(true);
    });

    it('are told with the address, too', async () => {
      await bounced();
      const { body } = await api.ask('GET /v1/recipients/{email}', { path: { email } });

      expect(body.suppression).toEqual((await get()).body);
    });
  });

  describe('by hand', () => {
    it('are new, then there already', async () => {
      const first = await put('asked by telephone', email.toUpperCase());

      expect(first).toMatchObject({
        status: 201,
        body: {
          address: email,
          spellings: [email.toUpperCase()],
          reason: 'manual',
          suppressedAt: NOW,
          causes: [{ cause: 'manual', source: 'api', at: NOW, note: 'asked by telephone', messageId: null }],
          history: [{ what: 'manual', source: 'api', at: NOW, note: 'asked by telephone' }],
          onSesList: 'pending',
        },
      });
      expect((await get()).body).toEqual(first.body);

      api.clock.now = '2026-11-26T12:00:00.000Z';
      const before = await api.suppressionRow(email);
      expect(await put('asked by telephone', email.toUpperCase())).toEqual({ status: 200, body: first.body });
      expect(await api.suppressionRow(email)).toEqual(before);
    });

    it('take another note, and keep their time', async () => {
      await put('asked by telephone');
      api.clock.now = '2026-11-26T12:00:00.000Z';
      const { status, body } = await put('asked again');

      expect(status).toBe(200);
      expect(body.causes).toEqual([expect.objectContaining({ at: NOW, note: 'asked again' })]);
      expect(body.history.map(({ at, note }: Body) => [at, note])).toEqual([
        [NOW, 'asked by telephone'],
        ['2026-11-26T12:00:00.000Z', 'asked again'],
      ]);
      expect((await put()).body.causes[0].note).toBe('asked again');
    });

    it('are there already with the same note, even one that is no well-formed text', async () => {
      await put('half a fox \ud83e');

      expect((await put('half a fox \ud83e')).body.history).toHaveLength(1);
    });

    it('come beside other causes', async () => {
      await bounced();
      const { status, body } = await put();

      expect(status).toBe(200);
      expect(causes(body.causes)).toEqual(['bounce', 'manual']);
    });

    it('are possible for the mailbox simulator', async () => {
      email = `bounce+${people}@simulator.amazonses.com`;

      expect((await put()).status).toBe(201);
    });

    it('are possible again after a lifting, even in the same millisecond', async () => {
      await put();
      await lift();
      expect((await put()).status).toBe(201);
      expect((await lift()).status).toBe(200);
      expect((await get()).status).toBe(404);
    });

    it('keep a history of 100 entries at most', async () => {
      for (let day = 0; day < 104; day++) {
        api.clock.now = new Date(Date.parse(NOW) + day * 86_400_000).toISOString();
        await put(`note ${day}`);
      }
      const { body } = await get();

      expect(body.history).toHaveLength(100);
      expect(body.causes[0].note).toBe('note 103');
    });
  });

  describe('lifted', () => {
    it('end, all but unsubscribing', async () => {
      await bounced();
      await put('x');
      await left();
      const { status, body } = await lift();

      expect(status).toBe(200);
      expect([causes(body.ended), causes(body.remaining), body.onSesList]).toEqual([
        ['bounce', 'manual'],
        ['unsubscribe'],
        'pending',
      ]);
      expect((await get()).body).toMatchObject({ reason: 'unsubscribe', onSesList: false });
      expect((await get()).body.history.map(({ what }: { what: string }) => what)).toEqual(
        expect.arrayContaining(['bounce_lifted', 'manual_lifted']),
      );
    });

    it('end unsubscribing where that is said', async () => {
      await left();

      expect((await lift()).body).toMatchObject({ ended: [], remaining: [{ cause: 'unsubscribe' }], onSesList: false });
      expect((await lift('unsubscribe=true')).body).toMatchObject({
        ended: [{ cause: 'unsubscribe' }],
        remaining: [],
        onSesList: false,
      });
      expect((await get()).status).toBe(404);
    });

    it('are 404 where nothing is in force', async () => {
      expect((await lift()).status).toBe(404);
      expect(await api.suppressionRow(email)).toBeUndefined();
      await bounced();
      await lift();
      expect((await lift()).status).toBe(404);
    });

    it('come back with what SES tells later, and only with that', async () => {
      await complained();
      await lift();
      await complained();
      expect((await get()).status).toBe(404);

      await complained('2026-11-25T12:00:00.001Z');
      expect((await get()).body.reason).toBe('complaint');
    });

    it('end a cause whose clock is ahead', async () => {
      await complained('2026-11-25T12:00:09.000Z');
      await lift();

      expect((await get()).status).toBe(404);
    });
  });

  describe('changed by others meanwhile', () => {
    /** Something that happens between the reading of a row and its next write. */
    const meanwhile = (happens: () => Promise<unknown>) => {
      let done = false;
      api.documents.middlewareStack.add(
        (next) => async (args) => {
          if (!done && 'UpdateExpression' in (args.input as object)) {
            done = true;
            await happens();
          }
          return next(args);
        },
        { step: 'initialize', name: 'meanwhile', override: true },
      );
    };
    const raw = (at: string) =>
      api.documents.send(
        new UpdateCommand({
          TableName: api.tables.suppressions,
          Key: { address: email },
          UpdateExpression: 'SET complaint = :complaint',
          ExpressionAttributeValues: { ':complaint': { at, source: 'ses_event', messageId: 'm' } },
        }),
      );

    it('are lifted as they have become', async () => {
      await bounced();
      meanwhile(() => raw('2026-11-25T11:59:59.000Z'));

      expect(causes((await lift()).body.ended)).toEqual(['complaint', 'bounce']);
    });

    it('are no longer new', async () => {
      meanwhile(() => raw('2026-11-25T11:59:59.000Z'));
      const { status, body } = await put();

      expect([status, causes(body.causes)]).toEqual([200, ['complaint', 'manual']]);
    });
  });
});
