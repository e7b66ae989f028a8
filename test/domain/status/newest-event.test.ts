import { describe, expect, it } from 'vitest';
import { newestEventOf } from '../../../lambdas/domain/status/newest-event.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const newest = (...rows: readonly (readonly string[])[]) =>
  newestEventOf(
    rows.map((events) => ({ events })),
    NOW,
  );

describe('the newest event of SES in some rows', () => {
  it('is the latest of all of them, in whatever order they come', () => {
    const [first, second, third] = ['2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z', '2026-11-25T09:00:00.000Z'];
    const lines = [`${second} delivered`, `${third} opened`, `${first} sent`];

    expect(newest(lines)).toBe(third);
    expect(newest([`${third} opened`], [`${first} sent`, `${second} delivered`])).toBe(third);
    expect(newest([`${second} delivered`], [])).toBe(second);
  });

  it('is none where there is none: no rows, no events, or lines that nobody knows', () => {
    expect([newest(), newest([]), newest(['no line at all'])]).toEqual([undefined, undefined, undefined]);
    expect(newest(['no line at all', `${NOW} sent`])).toBe(NOW);
  });

  it('is not what a link of Mailtrail’s own told, which comes on another way', () => {
    const sent = '2026-11-24T10:00:00.000Z';
    for (const own of [
      `${NOW} read`,
      `${NOW} unsubscribed via=OneClick topics=news`,
      `${NOW} unsubscribed via=UnsubscribePage topics=all`,
    ]) {
      expect(newest([own])).toBeUndefined();
      expect(newest([own, `${sent} sent`])).toBe(sent);
    }
    expect(newest([`${NOW} unsubscribed via=UnsubscribeHeader`])).toBe(NOW);
  });

  it('is no time that is later than the clock by more than five minutes', () => {
    expect(newest(['2026-11-25T12:05:00.000Z sent'])).toBe('2026-11-25T12:05:00.000Z');
    expect(newest(['2026-11-25T12:05:00.001Z sent'])).toBeUndefined();
    expect(newest(['2031-01-01T00:00:00.000Z bounced_hard', `${NOW} sent`])).toBe(NOW);
  });
});
