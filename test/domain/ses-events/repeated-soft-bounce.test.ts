import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EmailOutcome, softBouncesInARow } from '../../../lambdas/domain/ses-events/repeated-soft-bounce.ts';

const START = Date.parse('2026-11-01T10:00:00.000Z');
const hour = (hours: number) => new Date(START + hours * 3_600_000).toISOString();
const NOW = hour(2_000);
const RULE = { bounces: 3, hours: 72, days: 30 };
const SOFT = 'bounced_soft type=Transient subtype=General action=failed status=4.4.7';

/** An email that SES accepted in that hour, and that bounced some hours later. */
const bounced = (sent: number, after = 1, messageId = `m-${sent}`): EmailOutcome => ({
  ...{ messageId, createdAt: hour(sent), status: 'bounced_soft', rank: 210, statusAt: hour(sent + after) },
  events: [`${hour(sent)} sent`, `${hour(sent + after)} ${SOFT}`],
});
const email = (sent: number, status: EmailOutcome['status'], messageId = `m-${sent}`): EmailOutcome => ({
  ...{ messageId, createdAt: hour(sent), ...(status && { status }), events: [`${hour(sent)} sent`] },
});
const delivered = (sent: number) => email(sent, 'delivered', `d-${sent}`);
/** Of the bounce of the email of that hour. */
const rowOf = (sent: number, emails: readonly EmailOutcome[], rule = RULE) =>
  softBouncesInARow(emails, `m-${sent}`, rule, NOW);
const beginning = (sent: number, emails: readonly EmailOutcome[], rule = RULE) => {
  const row = rowOf(sent, emails, rule);
  return typeof row === 'string' ? row : row.begins.at;
};

describe('a row of soft bounces', () => {
  it('begins a suppression at its last bounce, which ends by itself', () => {
    expect(rowOf(72, [bounced(0), bounced(40), bounced(72)])).toStrictEqual({
      begins: {
        at: hour(73),
        source: 'ses_event',
        messageId: 'm-72',
        endsAt: hour(73 + 30 * 24),
        note: '3 soft bounces in a row, over 72 hours or more',
      },
      since: hour(1),
    });
  });

  it.each([
    ['as many as the rule says over as many hours', [0, 40, 72], hour(73)],
    ['one less', [0, 72], 'undecided'],
    ['an hour less, however many', [0, 10, 20, 30, 40, 50, 60, 71], 'undecided'],
    ['more over more', [0, 40, 80, 500], hour(501)],
  ])('is enough or not: %s', (_, hours, at) => {
    expect(
      beginning(
        hours.at(-1) ?? 0,
        hours.map((sent) => bounced(sent)),
      ),
    ).toBe(at);
  });

  it('is spaced by when SES accepted the emails, not by when they bounced', () => {
    expect(beginning(71, [bounced(0), bounced(40), bounced(71, 14)])).toBe('undecided');
    expect(beginning(72, [bounced(0, 14), bounced(40), bounced(72, 0)])).toBe(hour(72));
  });

  it('ends with the bounce that came last, whichever email that is of', () => {
    const emails = [bounced(0, 100), bounced(40), bounced(72)];

    expect(rowOf(72, emails)).toMatchObject({ begins: { at: hour(100), messageId: 'm-0' } });
    const together = [bounced(0), bounced(40, 40), bounced(72, 8)];
    expect(rowOf(0, together)).toMatchObject({ begins: { at: hour(80), messageId: 'm-72' } });
  });

  it('goes by the club’s rule', () => {
    const emails = [bounced(0), bounced(1)];

    expect(rowOf(1, emails, { bounces: 2, hours: 1, days: 7 })).toMatchObject({
      begins: { at: hour(2), endsAt: hour(2 + 7 * 24), note: '2 soft bounces in a row, over 1 hours or more' },
    });
    expect(rowOf(1, emails, { bounces: 2, hours: 2, days: 7 })).toBe('undecided');
    expect(beginning(1, emails, { bounces: 1, hours: 0, days: 7 })).toBe(hour(2));
  });
});

describe('a lifting', () => {
  it.each([
    ['of as many as it takes, from the first', [0, 40, 72], hour(1)],
    ['of more, from the first of the last that are enough', [0, 40, 80, 120], hour(41)],
    ['of more within less than 72 hours, from an earlier one', [0, 40, 72, 80, 100], hour(1)],
  ])('forgives too many of the bounces: %s', (_, hours, since) => {
    const emails = hours.map((sent) => bounced(sent));

    expect(rowOf(0, emails)).toMatchObject({ since });
    expect(rowOf(0, emails.toReversed())).toMatchObject({ since });
  });

  it('forgives as many whatever the ids of the emails are', () => {
    const emails = [bounced(0), bounced(40, 1, 'c'), bounced(80, 1, 'b'), bounced(120, 1, 'a')];

    expect(rowOf(0, emails)).toMatchObject({ since: hour(41) });
  });

  it('forgives bounces by when they came, not by when their emails were accepted', () => {
    // The email of the first hour bounced last, so a lifting of before that leaves it.
    expect(rowOf(0, [bounced(0, 100), bounced(40), bounced(60), bounced(80)])).toMatchObject({ since: hour(61) });
  });
});

describe('an email that was delivered', () => {
  it.each(['delivered', 'opened', 'read', 'clicked', 'unsubscribed', 'complained'] as const)(
    'and is now %s cuts the row',
    (status) => {
      expect(rowOf(72, [bounced(0), bounced(40), email(50, status), bounced(72)])).toBe('none');
    },
  );

  it.each(['sent', 'deferred', 'queued', 'suppressed', 'bounced_hard', 'bounced_undetermined', undefined] as const)(
    'is not one that is %s, which neither cuts the row nor lengthens it',
    (status) => {
      expect(beginning(72, [bounced(0), bounced(40), email(50, status), bounced(72)])).toBe(hour(73));
      expect(beginning(72, [bounced(0), email(50, status), bounced(72)])).toBe('undecided');
    },
  );

  it('leaves to the row what SES accepted between two of them, on whichever side of the bounce they are', () => {
    const row = [bounced(100), bounced(140), bounced(180)];
    const cuts = [delivered(250), delivered(200), delivered(10), delivered(90), delivered(50), delivered(230)];
    const emails = [...cuts, bounced(60), bounced(95, 500, 'm-early'), ...row, bounced(210), bounced(240)];

    for (const sent of [100, 140, 180]) {
      expect(rowOf(sent, emails)).toMatchObject({ begins: { messageId: 'm-early' }, since: hour(141) });
    }
    expect([rowOf(60, emails), rowOf(210, emails), rowOf(240, emails)]).toEqual(['none', 'none', 'none']);
  });

  it('comes before a bounced one that SES accepted at the same moment', () => {
    expect(beginning(72, [delivered(0), bounced(0), bounced(40), bounced(72)])).toBe(hour(73));
    expect(beginning(0, [delivered(0), bounced(0), bounced(40), bounced(72)])).toBe(hour(73));
    expect(beginning(40, [bounced(0), bounced(40), bounced(72), delivered(72)])).toBe('undecided');
    expect(rowOf(72, [bounced(0), delivered(72), bounced(72), bounced(80)])).toBe('none');
  });
});

describe('whether older emails could tell', () => {
  it.each([
    ['yes where none was delivered before the bounce', [bounced(40), bounced(72)], 'undecided'],
    ['yes where one was delivered only after it', [bounced(40), bounced(72), delivered(73)], 'undecided'],
    ['no where one was delivered before it', [delivered(10), bounced(40), bounced(72)], 'none'],
  ])('is known: %s', (_, emails, answer) => {
    expect(rowOf(72, emails)).toBe(answer);
  });
});

describe('a row that any of its bounces finds', () => {
  it('is the same in whatever order the emails are read', () => {
    const anEmail = fc.record({
      gap: fc.integer({ min: 1, max: 50 }),
      after: fc.integer({ min: 0, max: 90 }),
      isBounced: fc.constantFrom(true, true, true, false),
    });
    fc.assert(
      fc.property(
        fc
          .array(anEmail, { minLength: 3, maxLength: 9 })
          .chain((drawn) =>
            fc.tuple(fc.constant(drawn), fc.shuffledSubarray([...drawn.keys()], { minLength: drawn.length })),
          ),
        ([drawn, order]) => {
          const sent = drawn.map((_, index) => drawn.slice(0, index + 1).reduce((sum, { gap }) => sum + gap, 0));
          const emails = drawn.map(({ after, isBounced }, index) =>
            isBounced ? bounced(sent[index] ?? 0, after) : delivered(sent[index] ?? 0),
          );
          const shuffled = order.flatMap((index) => emails[index] ?? []);
          const rows: number[][] = [[]];
          for (const [index, { isBounced }] of drawn.entries()) {
            if (isBounced) rows.at(-1)?.push(sent[index] ?? 0);
            else rows.push([]);
          }
          for (const [index, row] of rows.entries()) {
            const isEnough = row.length >= 3 && (row.at(-1) ?? 0) - (row[0] ?? 0) >= 72;
            const found = row.map((one) => rowOf(one, shuffled));
            const answer = index === 0 ? 'undecided' : 'none';

            expect(found).toEqual(row.map(() => (isEnough ? found[0] : answer)));
            if (isEnough) expect(found[0]).toBeTypeOf('object');
          }
        },
      ),
    );
  });
});
