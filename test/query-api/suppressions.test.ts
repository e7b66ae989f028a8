import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { aPerson, causes, NOW } from './suppressed-person.ts';

describe.each(engines())('suppressions on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { be, email, of, get, put, lift, row, bounced, complained, left } = aPerson(() => api);

  describe('of one address', () => {
    it('are 404 while there is none', async () => {
      expect(await get()).toMatchObject({ status: 404, body: { detail: 'This address is not suppressed.' } });
    });

    it('have the strongest cause, and all causes with their times', async () => {
      await bounced();
      await complained();
      await left();
      const { body } = await get();

      expect(body).toMatchObject({
        address: email(),
        reason: 'complaint',
        categories: null,
        suppressedAt: '2026-11-24T10:00:04.000Z',
        onSesList: 'pending',
      });
      expect(causes(body.causes)).toEqual(['complaint', 'bounce', 'unsubscribe']);
      expect(body.history.map(({ what }: { what: string }) => what)).toEqual(['bounce', 'unsubscribe', 'complaint']);
      expect(body.causes[1]).toMatchObject({ source: 'ses_event', messageId: of().messageId, endsAt: null });
    });

    it('are on SES’s list if SES reports it, and not if a person only unsubscribed', async () => {
      await left();
      expect((await get()).body.onSesList).toBe(false);

      await bounced('OnAccountSuppressionList');
      expect((await get()).body.onSesList).toBe(true);
    });

    it('are returned with the address, too', async () => {
      await bounced();
      const { body } = await api.ask('GET /v1/recipients/{email}', { path: { email: email() } });

      expect(body.suppression).toEqual((await get()).body);
    });
  });

  describe('by hand', () => {
    it('are new, then existing', async () => {
      const first = await put('asked by telephone', email().toUpperCase());

      expect(first).toMatchObject({
        status: 201,
        body: {
          address: email(),
          spellings: [email().toUpperCase()],
          reason: 'manual',
          suppressedAt: NOW,
          causes: [{ cause: 'manual', source: 'api', at: NOW, note: 'asked by telephone', messageId: null }],
          history: [{ what: 'manual', source: 'api', at: NOW, note: 'asked by telephone' }],
          onSesList: 'pending',
        },
      });
      expect((await get()).body).toEqual(first.body);

      api.clock.now = '2026-11-26T12:00:00.000Z';
      const before = await row();
      expect(await put('asked by telephone', email().toUpperCase())).toEqual({ status: 200, body: first.body });
      expect(await row()).toEqual(before);
    });

    it('accept another note, and keep their time', async () => {
      await put('asked by telephone');
      api.clock.now = '2026-11-26T12:00:00.000Z';
      const { status, body } = await put('asked again');

      expect(status).toBe(200);
      expect(body.causes).toEqual([expect.objectContaining({ at: NOW, note: 'asked again' })]);
      expect(body.history.map(({ at, note }: Body) => [at, note])).toEqual([
        [NOW, 'asked by telephone'],
        ['2026-11-26T12:00:00.000Z', 'asked again'],
      ]);
      const unsaid = await put();
      expect([unsaid.body.causes[0].note, unsaid.body.history.length]).toEqual(['asked again', 2]);
    });

    it('exist already with the same note, even one that is not well-formed Unicode', async () => {
      await put('half a fox \ud83e');

      expect((await put('half a fox \ud83e')).body.history).toHaveLength(1);
    });

    it('are added to other causes', async () => {
      await bounced();
      const { status, body } = await put();

      expect(status).toBe(200);
      expect(causes(body.causes)).toEqual(['bounce', 'manual']);
    });

    it('are possible for the mailbox simulator', async () => {
      be(`bounce+${email()}`.replace('example.com', 'simulator.amazonses.com'));

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
});
