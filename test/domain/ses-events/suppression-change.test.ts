import { describe, expect, it } from 'vitest';
import { type FiledFact, MESSAGE_ITSELF } from '../../../lambdas/domain/ses-events/attribution.ts';
import type { Message } from '../../../lambdas/domain/ses-events/mail.ts';
import { begins, ends } from '../../../lambdas/domain/ses-events/suppression-change.ts';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { DAY } from '../../../lambdas/domain/values/time.ts';

const AT = '2026-11-24T10:00:03.000Z';
const ARRIVED = '2026-11-24T10:00:09.000Z';
const MESSAGE: Message = { messageId: 'm-1', sesMessageId: 'ses-1', destinations: [] };
const ANN = { recipient: 'ann@example.com', spellings: ['Ann@example.com'] };
const filed = (fact: Partial<Fact> = {}, addressee: Omit<FiledFact, 'fact'> = ANN): FiledFact => ({
  ...addressee,
  fact: { kind: 'bounced_hard', at: AT, details: {}, ...fact },
});
const HARD = filed({ details: { type: 'Permanent', subtype: 'General', status: '5.1.1' } });
const beginning = (...args: Parameters<typeof begins>) => {
  const [change] = begins(...args);
  return change !== undefined && 'begins' in change ? change.begins : undefined;
};
const noteOf = (fact: Partial<Fact>) => beginning('bounce', filed(fact), MESSAGE)?.note;

describe('a cause that a fact begins', () => {
  it('is recorded for its address with the email’s id and what SES reported, and nothing else', () => {
    expect(begins('bounce', HARD, MESSAGE)).toStrictEqual([
      {
        address: 'ann@example.com',
        spellings: ['Ann@example.com'],
        cause: 'bounce',
        begins: { at: AT, source: 'ses_event', messageId: 'm-1', note: 'bounced_hard Permanent General 5.1.1' },
      },
    ]);
  });

  it('begins at the time of a clock of AWS’s where that is known, and ends by itself so long after it', () => {
    const more = { at: ARRIVED, lasts: 14 * DAY };

    expect(beginning('ses_global_list', HARD, MESSAGE, more)).toMatchObject({
      at: ARRIVED,
      endsAt: '2026-12-08T10:00:09.000Z',
    });
  });

  it('keeps that a complaint named several, in its note too', () => {
    const complaint = filed({ kind: 'complained', details: { feedback: 'abuse' } });

    expect(beginning('complaint', complaint, MESSAGE, { ambiguous: true })).toStrictEqual({
      ...{ at: AT, source: 'ses_event', messageId: 'm-1' },
      note: 'complained abuse, one of several named',
      ambiguous: true,
    });
  });

  it('keeps that SES itself said the address is on its list', () => {
    expect(beginning('bounce', HARD, MESSAGE, { onSesList: true })).toMatchObject({ onSesList: true });
  });

  it('is the recipient’s own word where it is unsubscribing, from one category or from all', () => {
    const left = filed({ kind: 'unsubscribed' });

    expect(begins('unsubscribe', left, MESSAGE, { category: 'news' })).toMatchObject([
      { category: 'news', begins: { source: 'unsubscribe', note: 'unsubscribed' } },
    ]);
    expect(begins('unsubscribe', left, MESSAGE)[0]).not.toHaveProperty('category');
  });
});

describe('a cause that a fact ends', () => {
  const back = filed({ kind: 'resubscribed' });

  it('ends at the time of the fact, or of a clock of AWS’s where that is known', () => {
    expect(ends('unsubscribe', back, MESSAGE)).toStrictEqual([
      {
        address: 'ann@example.com',
        spellings: ['Ann@example.com'],
        cause: 'unsubscribe',
        ends: { at: AT, messageId: 'm-1', note: 'resubscribed' },
      },
    ]);
    expect(ends('complaint', back, MESSAGE, { at: ARRIVED })).toMatchObject([{ ends: { at: ARRIVED } }]);
  });

  it('may be about one category of mail', () => {
    expect(ends('unsubscribe', back, MESSAGE, { category: 'news' })).toMatchObject([{ category: 'news' }]);
  });
});

describe('nobody’s suppression', () => {
  it.each([
    ['a message without a known recipient', MESSAGE_ITSELF],
    ['an address of SES’s simulator', 'bounce@simulator.amazonses.com'],
  ])('changes by a fact about %s', (_, recipient) => {
    const fact = filed({}, { recipient, spellings: [] });

    expect([...begins('bounce', fact, MESSAGE), ...ends('complaint', fact, MESSAGE)]).toEqual([]);
  });
});

describe('the note of a change', () => {
  it('is SES’s words: kind, type, subtype, feedback and enhanced status code', () => {
    const details = { type: 'Permanent', subtype: 'NoEmail', feedback: 'abuse', status: '5.1.1', mta: 'dns; mx' };

    expect(noteOf({ details })).toBe('bounced_hard Permanent NoEmail abuse 5.1.1');
    expect(noteOf({})).toBe('bounced_hard');
  });

  it('holds 32 characters of each word, since a remote server may write any length', () => {
    expect(noteOf({ details: { type: 'a'.repeat(32), status: '🦊'.repeat(33) } })).toBe(
      `bounced_hard ${'a'.repeat(32)} ${'🦊'.repeat(32)}`,
    );
  });
});
