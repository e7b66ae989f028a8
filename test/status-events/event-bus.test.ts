import { describe, expect, it } from 'vitest';
import type { StatusEvent } from '../../lambdas/domain/status-events/status-event.ts';
import { publishing } from './faulty-bus.ts';

const events = (count: number, more: object = {}): readonly StatusEvent[] =>
  Array.from(
    { length: count },
    (_, n) => ({ type: 'EmailStatusChanged', detail: { id: `id-${n}`, ...more } }) as never,
  );
const idsOf = (entries: readonly Readonly<{ Detail: string }>[]) => entries.map(({ Detail }) => JSON.parse(Detail).id);

describe('the event bus', () => {
  it('gets ten events a call, in their order, as Mailtrail’s and by their kind', async () => {
    const { bus, calls, taken } = publishing();
    const published = await bus.publish(events(23), () => 300_000);

    expect(published).toEqual({ events: 23 });
    expect(calls.map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(idsOf(calls.flat())).toEqual(events(23).map(({ detail }) => detail.id));
    expect(taken[0]).toMatchObject({ EventBusName: 'the-bus', Source: 'mailtrail', DetailType: 'EmailStatusChanged' });
  });

  it('gets fewer where they are large, and one alone that is larger than a call', async () => {
    const { bus, calls } = publishing();
    await bus.publish(events(7, { tags: 'ü'.repeat(50_000) }), () => 300_000);
    await bus.publish(events(2, { tags: 'x'.repeat(300_000) }), () => 300_000);

    expect(calls.map((entries) => entries.length)).toEqual([2, 2, 2, 1, 1, 1]);
  });

  it('gets what it could not take again, without those beside it, after pauses that grow', async () => {
    const { bus, fates, calls, slept } = publishing();
    fates.push('some throttled', 'some throttled', 'some throttled');
    const published = await bus.publish(events(12), () => 300_000);

    expect(published).toEqual({ events: 12 });
    expect(calls.map(idsOf)).toEqual([
      events(10).map(({ detail }) => detail.id),
      ['id-1', 'id-4', 'id-7'],
      ['id-4'],
      ['id-10', 'id-11'],
    ]);
    expect(slept).toEqual([100, 200]);
  });

  it('gets nothing again that it refuses for good', async () => {
    const { bus, calls, slept, timeLeft } = publishing(({ id }) => id === 'id-3');
    const published = await bus.publish(events(12), timeLeft);

    expect(published).toEqual({ events: 3, problem: 'MalformedDetail' });
    expect([calls.length, slept]).toEqual([1, []]);
  });

  it.each(['lost', 'denied'] as const)('is waited for where it is away or the right is missing: %s', async (fate) => {
    const { bus, fates, calls } = publishing();
    fates.push(fate, fate);

    expect(await bus.publish(events(2), () => 300_000)).toEqual({ events: 2 });
    expect(calls).toHaveLength(3);
  });

  it('is waited for no longer than there is time, and then it is said what was published before', async () => {
    const { bus, fates, slept, timeLeft } = publishing();
    fates.push('taken', ...Array(100).fill('denied'));
    const published = await bus.publish(events(15), timeLeft);

    expect(published).toEqual({ events: 10, problem: 'AccessDeniedException' });
    expect(slept.reduce((sum, pause) => sum + pause)).toBeGreaterThan(280_000);
    expect(timeLeft()).toBeGreaterThan(4_000);
    expect(Math.max(...slept)).toBe(10_000);
  });
});
