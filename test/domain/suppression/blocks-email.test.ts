import { describe, expect, it } from 'vitest';
import { blockingCauses, reasonNotToSend } from '../../../lambdas/domain/suppression/blocks-email.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import type { CauseRecord, SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';

const NOW = '2026-12-01T00:00:00.000Z';
const EARLIER = '2026-11-01T00:00:00.000Z';
const LATER = '2026-12-02T00:00:00.000Z';
const record: CauseRecord = { at: EARLIER, source: 'ses_event' };
const leftNews = { categories: [{ category: 'news', left: record }] };

/** What is known of the address; what stops an email of the category news, of statements, and of none. */
type Row = readonly [string, Omit<SuppressionItem, 'address'> | undefined, ...(string | undefined)[]];
const TABLE: readonly Row[] = [
  ['nothing is known of it', undefined, undefined, undefined, undefined],
  ['nothing is in force', { spellings: ['Ann@example.com'] }, undefined, undefined, undefined],
  ['it complained', { complaint: record }, 'complaint', 'complaint', 'complaint'],
  ['it bounced', { bounce: record }, 'bounce', 'bounce', 'bounce'],
  ['a person suppressed it', { manual: record }, 'manual', 'manual', 'manual'],
  ['it left everything', { unsubscribe: record }, 'unsubscribe', 'unsubscribe', 'unsubscribe'],
  ['it left news', leftNews, 'unsubscribe', undefined, undefined],
  ['it left news and bounced', { ...leftNews, bounce: record }, 'bounce', 'bounce', 'bounce'],
  ['it left news and everything', { ...leftNews, unsubscribe: record }, 'unsubscribe', 'unsubscribe', 'unsubscribe'],
  [
    'it came back to everything, not to news',
    { ...leftNews, unsubscribe: record, unsubscribeEndedAt: NOW },
    ...['unsubscribe', undefined, undefined],
  ],
  [
    'it came back to news, not to everything',
    { categories: [{ category: 'news', left: record, endedAt: NOW }], unsubscribe: record },
    ...['unsubscribe', 'unsubscribe', 'unsubscribe'],
  ],
  ['it came back to news', { categories: [{ category: 'news', left: record, endedAt: NOW }] }, ...Array(3)],
  [
    'it came back to news and left it again',
    { categories: [{ category: 'news', left: { ...record, at: LATER }, endedAt: NOW }] },
    'unsubscribe',
    undefined,
    undefined,
  ],
  ['it came back to news, whenever it left', { categories: [{ category: 'news', endedAt: NOW }] }, ...Array(3)],
  ['it left NEWS', { categories: [{ category: 'NEWS', left: record }] }, 'unsubscribe', undefined, undefined],
  ['it left newsletter', { categories: [{ category: 'newsletter', left: record }] }, ...Array(3)],
  ['its soft bounces ran out', { repeatedSoftBounce: { ...record, endsAt: NOW } }, ...Array(3)],
  [
    'its soft bounces did not run out',
    { repeatedSoftBounce: { ...record, endsAt: LATER } },
    ...Array(3).fill('repeated_soft_bounce'),
  ],
];

describe('what stops a transactional message', () => {
  const now = NOW;
  const stops = (known: Omit<SuppressionItem, 'address'>, category?: string) =>
    blockingCauses({ address: 'ann@example.com', ...known }, { category, transactional: true }, now)[0]?.cause;

  it('is every cause but leaving, whatever was left', () => {
    const causes = ['complaint', 'bounce', 'repeatedSoftBounce', 'manual'] as const;

    expect(causes.map((cause) => stops({ [cause]: record, unsubscribe: record }))).toEqual([
      ...['complaint', 'bounce', 'repeated_soft_bounce', 'manual'],
    ]);
    expect([stops({ unsubscribe: record }), stops(leftNews), stops(leftNews, 'news')]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('is said of each cause', () => {
    const all = { complaint: record, bounce: record, repeatedSoftBounce: record, manual: record, unsubscribe: record };
    const said = causesInForce({ address: 'ann@example.com', ...all, ...leftNews }, now);

    expect(said.map(({ cause, stops: stopped }) => [cause, stopped])).toEqual([
      ...['complaint', 'bounce', 'repeated_soft_bounce', 'manual'].map((cause) => [cause, 'all']),
      ...[
        ['unsubscribe', 'bulk'],
        ['unsubscribe', 'bulk'],
      ],
    ]);
  });
});

describe('what stops an email to an address', () => {
  it.each(TABLE.map((row) => [row[0], row] as const))('where %s', (_, [, known, news, statement, none]) => {
    const item: SuppressionItem | undefined =
      known === undefined ? undefined : { address: 'ann@example.com', ...known };

    expect([reasonNotToSend(item, 'news', NOW), reasonNotToSend(item, 'statement', NOW)]).toEqual([news, statement]);
    expect(reasonNotToSend(item, undefined, NOW)).toBe(none);
  });
});
