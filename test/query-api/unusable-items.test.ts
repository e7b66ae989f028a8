import { describe, expect, it } from 'vitest';
import { showSuppression } from '../../lambdas/query-api/query-status/show-suppression.ts';
import { UnreadableRow } from '../../lambdas/store/dynamodb/row.ts';
import { readEmailRow } from '../../lambdas/store/emails/email-row.ts';
import { readSuppressionRow } from '../../lambdas/store/suppressions/suppression-row.ts';

const email = { messageId: 'm1', recipient: 'ann@example.com', events: new Set(['2026-11-24T10:00:01.000Z sent']) };
const cause = { at: '2026-11-24T10:00:01.000Z', source: 'ses_event' };
const NOW = '2026-11-25T12:00:00.000Z';

describe('a row of an email', () => {
  it('is read without its malformed attributes', () => {
    expect(
      readEmailRow({ ...email, rank: '100', subject: 7, category: 'x', tags: { a: ['b', 1] }, colour: 'red' }),
    ).toEqual({
      ...email,
      events: [...email.events],
      spellings: [],
      category: 'x',
      tags: { a: ['b'] },
    });
  });

  it('is read without a status of a newer version', () => {
    expect(readEmailRow({ ...email, status: 'lost' })).not.toHaveProperty('status');
  });

  it.each([{ messageId: 1 }, { recipient: undefined }])('is rejected with %j', (wrong) => {
    expect(() => readEmailRow({ ...email, ...wrong })).toThrow(UnreadableRow);
  });
});

describe('a row of a suppression', () => {
  const row = { address: 'ann@example.com', bounce: cause };

  it.each([
    { bounce: 'x' },
    { bounce: { ...cause, source: 'x' } },
    { bounce: { source: 'api' } },
    { bounceEndedAt: 1 },
  ])('is rejected with %j: an unreadable cause must not count as absent', (wrong) => {
    expect(() => readSuppressionRow({ ...row, ...wrong })).toThrow(UnreadableRow);
  });

  it('shows the history entries that this version supports', () => {
    const history = new Set([
      '2026-11-24T10:00:01.000Z bounce ses_event {"messageId":"m1"}',
      '2026-11-24T10:00:02.000Z erased api {}',
      '2026-11-24T10:00:03.000Z bounce_lifted api {"note":',
      'nonsense',
    ]);

    expect(showSuppression(readSuppressionRow({ ...row, history }), NOW)?.history).toEqual([
      { at: cause.at, what: 'bounce', source: 'ses_event', messageId: 'm1', note: null, category: null },
    ]);
  });

  it('is pending on SES’s list for every cause that belongs there, until SES reports it on the list', () => {
    const shown = (causes: object) =>
      showSuppression(readSuppressionRow({ address: row.address, ...causes }), NOW)?.onSesList;

    for (const name of ['complaint', 'bounce', 'repeatedSoftBounce', 'manual']) {
      expect(shown({ [name]: cause })).toBe('pending');
      expect(shown({ [name]: { ...cause, onSesList: true }, unsubscribe: cause })).toBe(true);
    }
    expect(shown({ unsubscribe: cause })).toBe(false);
    expect(shown({ manual: cause, bounce: { ...cause, onSesList: true }, bounceEndedAt: NOW })).toBe('pending');
  });
});
