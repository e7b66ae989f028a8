import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent } from '../support/ses-events.ts';
import { aPerson, causes } from './suppressed-person.ts';

describe.each(engines())('changing suppressions on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, of, get, put, lift, row, bounced, complained, left } = aPerson(() => api);

  describe('lifted', () => {
    it('end, except unsubscribing', async () => {
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
      expect((await get()).body).toMatchObject({ reason: 'unsubscribe', onSesList: 'pending' });
      expect((await get()).body.history.map(({ what }: { what: string }) => what)).toEqual(
        expect.arrayContaining(['bounce_lifted', 'manual_lifted']),
      );
    });

    it('are pending until SES’s list is updated, whatever ends meanwhile', async () => {
      await bounced();
      await left();
      await lift();

      expect((await get()).body).toMatchObject({ reason: 'unsubscribe', onSesList: 'pending' });
      expect((await lift('unsubscribe=true')).body).toMatchObject({
        ended: [{ cause: 'unsubscribe' }],
        onSesList: 'pending',
      });
    });

    it('end unsubscribing only on request; an unsubscribe alone is not lifted otherwise, and the response explains it', async () => {
      await left();

      const before = await row();
      const { status, body } = await lift();

      expect([status, body.type, body.detail]).toEqual([
        409,
        'urn:mailtrail:problem:conflict',
        expect.stringContaining('unsubscribe=true'),
      ]);
      expect(await row()).toEqual(before);
      expect((await lift('unsubscribe=true')).body).toMatchObject({
        ended: [{ cause: 'unsubscribe' }],
        remaining: [],
        onSesList: false,
      });
      expect((await get()).status).toBe(404);
    });

    it('are 404 if nothing is in force', async () => {
      expect((await lift()).status).toBe(404);
      expect(await row()).toBeUndefined();
      await bounced();
      await lift();
      expect((await lift()).status).toBe(404);
    });

    it('come back with later events from SES, and only with those', async () => {
      await complained();
      await lift();
      await complained();
      expect((await get()).status).toBe(404);

      api.clock.now = '2026-11-25T12:00:00.001Z';
      await complained();
      expect((await get()).body.reason).toBe('complaint');
    });

    it('end a cause that was reported again by a clock that is ahead', async () => {
      await bounced();
      await api.record(bounceEvent(of(), { timestamp: '2026-11-25T12:00:09.000Z' }));
      await lift();

      expect((await get()).status).toBe(404);
    });

    it('end a cause whose clock is ahead', async () => {
      await complained('2026-11-25T12:00:09.000Z');
      await lift();

      expect((await get()).status).toBe(404);
    });
  });

  describe('changed by others meanwhile', () => {
    /** A change between the reading of a row and its next write. */
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
          Key: { address: email() },
          UpdateExpression: 'SET complaint = :complaint',
          ExpressionAttributeValues: { ':complaint': { at, source: 'ses_event', messageId: 'm' } },
        }),
      );

    it('are lifted in their new state', async () => {
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
