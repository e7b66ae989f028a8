import { describe, expect, it } from 'vitest';
import {
  countsAgainstMailbox,
  type EmailOutcome,
  softBouncesInARow,
} from '../../../lambdas/domain/ses-events/repeated-soft-bounce.ts';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';

const START = Date.parse('2026-11-01T10:00:00.000Z');
const hour = (hours: number) => new Date(START + hours * 3_600_000).toISOString();
const NOW = hour(500);
const SOFT = 'bounced_soft type=Transient subtype=General action=failed status=4.4.7';
const REPORT = { type: 'Transient', subtype: 'General', action: 'failed', status: '4.4.7' };

const email = (messageId: string, events: readonly string[], more: Partial<EmailOutcome> = {}): EmailOutcome => ({
  ...{ messageId, status: 'bounced_soft', rank: 210, events, ...more },
});
const bounced = (sent: number, more: Partial<EmailOutcome> = {}): EmailOutcome =>
  email(`m-${sent}`, [`${hour(sent + 1)} ${SOFT}`], { createdAt: hour(sent), ...more });
/** Any soft bounce is enough. */
const row = (messageId: string, ...emails: readonly EmailOutcome[]) =>
  softBouncesInARow(emails, messageId, { bounces: 1, hours: 0, days: 1 }, NOW);
const inARow = (messageId: string, bounces: number, ...emails: readonly EmailOutcome[]) =>
  typeof softBouncesInARow(emails, messageId, { bounces, hours: 0, days: 1 }, NOW) === 'object';

describe('a soft bounce that counts against a mailbox', () => {
  const isCounted = (details: Fact['details'], kind: Fact['kind'] = 'bounced_soft') =>
    countsAgainstMailbox({ kind, at: NOW, details });

  it.each([
    ['a mailbox that is full', { ...REPORT, subtype: 'MailboxFull', status: '5.2.2' }],
    ['a server that does not answer', REPORT],
    ['a mailbox that is disabled', { ...REPORT, status: '5.7.13' }],
    ['no reason that is known', { type: 'Transient', diagnostic: 'smtp; 450 try again later' }],
    ['a permanent failure that the server calls temporary', { ...REPORT, type: 'Permanent', status: '4.2.2' }],
    ['a delay after which SES stopped trying', { ...REPORT, action: 'delayed', mta: 'dns; a8-45.amazonses.com' }],
  ])('is one for %s', (_, details) => {
    expect(isCounted(details)).toBe(true);
  });

  it.each([
    ['without evidence, as an out-of-office reply', { type: 'Transient', subtype: 'General' }],
    ['for the size of the message', { ...REPORT, subtype: 'MessageTooLarge' }],
    ['for its content', { ...REPORT, status: '5.6.1' }],
    ['for a policy against the sender', { ...REPORT, status: '5.7.1' }],
    ['for the sender’s address', { ...REPORT, status: '5.1.8' }],
    ['for reasons in its text', { ...REPORT, status: '5.0.0', diagnostic: 'smtp; 550 5.7.1 content rejected' }],
    ['that is hard by its type', { ...REPORT, type: 'Permanent', status: '5.1.1' }],
    ['without a type', { subtype: 'General', action: 'failed', status: '4.4.7' }],
    ['that only passed the email on', { ...REPORT, action: 'relayed' }],
    ['of a server that goes on trying', { ...REPORT, action: 'delayed', mta: 'dns; mx.example.com' }],
    ['of an address on SES’s list', { ...REPORT, subtype: 'OnAccountSuppressionList' }],
  ])('is none %s, by the rules of today', (_, details) => {
    expect(isCounted(details)).toBe(false);
  });

  it.each(['deferred', 'bounced_undetermined', 'bounced_hard', 'delivered', 'auth_failure_report'] as const)(
    'is no fact of kind %s',
    (kind) => {
      expect(isCounted(REPORT, kind)).toBe(false);
    },
  );
});

describe('an email that bounced', () => {
  it.each([
    ['is unknown', []],
    ['is another', [bounced(2)]],
    ['is delivered by now', [bounced(1, { status: 'opened', rank: 300 })]],
    ['has no status', [{ messageId: 'm-1', events: [`${hour(2)} ${SOFT}`] }]],
    ['was only away', [email('m-1', [`${hour(2)} bounced_soft type=Transient subtype=General`])]],
    ['has no line that can be read', [email('m-1', ['', 'no line at all'])]],
  ])('is in no row where it %s', (_, emails) => {
    expect(row('m-1', ...emails)).toBe('none');
  });

  it('bounced at the first of its bounces that count', () => {
    const lines = [
      `${hour(9)} ${SOFT}`,
      `${hour(7)} ${SOFT} diagnostic=again`,
      `${hour(8)} ${SOFT}`,
      `${hour(2)} bounced_soft type=Transient subtype=General`,
      'no line at all',
    ];

    expect(row('m', email('m', lines, { createdAt: hour(1) }))).toMatchObject({ begins: { at: hour(7) } });
  });

  it.each([
    ['just when it was accepted', 1, 1],
    ['just now', 500, 500],
    ['before it was accepted, when it was accepted', 0, 1],
    ['later than now, when it was accepted', 501, 1],
  ])('bounced %s', (_, said, at) => {
    expect(row('m', email('m', [`${hour(said)} ${SOFT}`], { createdAt: hour(1) }))).toMatchObject({
      begins: { at: hour(at) },
    });
  });

  // The time of the bounce itself is out of the question, so the row shows when the email counts as accepted.
  it.each([
    ['when its row says', { createdAt: hour(3), statusAt: hour(5) }, [`${hour(4)} sent`], 3],
    ['when SES says that it was sent', { statusAt: hour(5) }, [`${hour(5)} delivered`, `${hour(4)} sent`], 4],
    ['at the time of its status', { statusAt: hour(5) }, [], 5],
    ['now', {}, [], 500],
  ])('was accepted %s', (_, more, lines, at) => {
    const events = [...lines, `1970-01-01T00:00:00.000Z ${SOFT}`];

    expect(row('m', email('m', events, more))).toMatchObject({ begins: { at: hour(at) } });
  });
});

describe('an email that is stored twice, under an id of the sender’s and under SES’s', () => {
  const own = (more: Partial<EmailOutcome> = {}) => bounced(0, { messageId: 'own', sesMessageId: 'ses', ...more });
  const bySes = (more: Partial<EmailOutcome> = {}) => bounced(0, { messageId: 'ses', ...more });

  it('counts once, by whichever id it is looked for and whichever comes first', () => {
    for (const id of ['own', 'ses']) {
      for (const both of [
        [own(), bySes()],
        [bySes(), own()],
      ]) {
        expect([inARow(id, 1, ...both), inARow(id, 2, ...both), inARow(id, 2, ...both, bounced(1))]).toEqual([
          ...[true, false, true],
        ]);
        expect(row(id, ...both)).toMatchObject({ begins: { messageId: 'own' } });
      }
    }
  });

  it('is told from another email', () => {
    expect(inARow('own', 2, own(), bounced(0, { messageId: 'other', sesMessageId: 'ses-other' }))).toBe(true);
  });

  it.each([
    ['the bounce where the other was sent', { status: 'sent', rank: 100 }, true],
    ['the bounce where the other has no rank', { status: 'sent', rank: undefined as never }, true],
    ['the bounce where the other was delivered', { status: 'delivered', rank: 200 }, true],
    ['the opening where the other bounced', { status: 'opened', rank: 300 }, false],
  ] as const)('has the outcome of the higher rank: %s', (_, more, isInARow) => {
    expect(inARow('ses', 1, own(more), bySes())).toBe(isInARow);
    expect(inARow('own', 1, own(), bySes(more))).toBe(isInARow);
  });
});
