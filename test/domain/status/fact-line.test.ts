import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptLink } from '../../../lambdas/domain/ses-events/clicked-link.ts';
import type { Fact, FactDetails } from '../../../lambdas/domain/status/fact.ts';
import { LONGEST_LINE, readLine, sameness, toFormerLine, toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { proposalOf } from '../../../lambdas/domain/status/proposal.ts';
import { aFact } from '../../support/facts.ts';

const at = '2026-11-24T10:00:03.120Z';

describe('the line that keeps a fact', () => {
  it('reads as a sentence to a person', () => {
    const details = { type: 'Permanent', subtype: 'General', status: '5.1.1', diagnostic: 'smtp; 550 unknown' };

    expect(toLine({ kind: 'bounced_hard', at, details })).toBe(
      '2026-11-24T10:00:03.120Z bounced_hard type=Permanent subtype=General status=5.1.1 diagnostic="smtp; 550 unknown"',
    );
  });

  it('keeps what is short as it was', () => {
    const details = { delay: 'MailboxFull', expires: at, diagnostic: 'quoted "text", a\nbreak, ümläut' };

    expect(readLine(toLine({ kind: 'deferred', at, details }))).toEqual({ kind: 'deferred', at, details });
  });

  it('has at most 300 bytes, whatever SES said, and no line break', () => {
    fc.assert(
      fc.property(aFact, (fact) => {
        const line = toLine(fact);

        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(LONGEST_LINE);
        expect(line).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back as the fact that gives the same line, and the same proposal', () => {
    fc.assert(
      fc.property(aFact, (fact) => {
        const read = readLine(toLine(fact));

        expect(read && toLine(read)).toBe(toLine(fact));
        expect(read && proposalOf(read)).toEqual(proposalOf(fact));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells two long links apart that differ only at their ends', () => {
    const click = (end: string) =>
      toLine({ kind: 'clicked', at, details: { link: `https://club.example/${'x'.repeat(400)}${end}` } });

    expect(click('a')).not.toBe(click('b'));
    expect(click('a')).toBe(click('a'));
  });

  it.each([`${at} teleported`, '', `${at} deferred diagnostic="no JSON: \\x"`, `${at} deferred delay`])(
    'of a newer version, or by a person, is passed over: %s',
    (line) => {
      expect(readLine(line)).toBeUndefined();
    },
  );

  it.each(['5.1.1"', 'a"b', 'a\\', 'a=b', 'ümläut'])('has a text without spaces as it is: %s', (status) => {
    const line = toLine({ kind: 'deferred', at, details: { status } });

    expect(line).toBe(`${at} deferred status=${status}`);
    expect(readLine(line)?.details).toEqual({ status });
  });
});

describe('a click in a line', () => {
  const link = 'https://club.example/reset?token=abc';
  const click = (details: FactDetails): Fact => ({ kind: 'clicked', at, details });

  it.each([
    ['is kept without the secrets of its link', toLine(click({ link })), `link=${keptLink(link)}`],
    ['is kept whole where clickedLinks=full says so', toLine(click({ url: link })), `url=${link}`],
    ['was kept whole by versions before', toFormerLine(click({ link })), `link=${link}`],
  ])('%s', (_, line, words) => {
    expect(line).toBe(`${at} clicked ${words}`);
  });

  it.each(['link', 'url'] as const)('is told from one on another long %s by what was cut', (word) => {
    const line = (end: string) => toLine(click({ [word]: `https://club.example/?page#${'x'.repeat(400)}${end}` }));
    const [a, b] = ['a', 'b'].map((end) => line(`/${end}`));

    // A fragment is left out of a kept link, and with it what the two differ in.
    expect(a === b).toBe(word === 'link');
  });

  it('has its link cut where what is left is a link as it is kept', () => {
    // Cut within a percent-encoding the part would be taken for a token when the line is read back.
    for (let length = 0; length < 12; length++) {
      const long = `https://club.example/${'a'.repeat(length)}/${'%E5%B9%B4'.repeat(40)}`;
      const line = toLine(click({ link: long }));
      const [read, former] = [readLine(line), toFormerLine(click({ link: long }))];

      expect(read && toLine(read)).toBe(line);
      expect(read?.details.link?.length).toBeGreaterThan(20);
      expect([Buffer.byteLength(line) > LONGEST_LINE - 12, Buffer.byteLength(former)]).toEqual([true, LONGEST_LINE]);
    }
  });

  it('has a whole link cut at the end of the line, whatever it says', () => {
    const line = toLine(click({ url: `https://club.example/${'a1b2c3d4'.repeat(50)}` }));

    expect(Buffer.byteLength(line)).toBe(LONGEST_LINE);
    expect(line).toMatch(/ url=https:\/\/club\.example\/(?:a1b2c3d4){20}.*…[\w-]{11}$/);
  });
});

describe('sameness', () => {
  it.each<readonly [string, Fact, string]>([
    ['kind and time', { kind: 'deferred', at, details: { diagnostic: 'more' } }, `${at} deferred`],
    ['the time that a remote server wrote', { kind: 'complained', at, details: { said: 'then' } }, 'then complained'],
    [
      'of a click its link as it is kept',
      { kind: 'clicked', at, details: { link: 'https://a.example?id=1' } },
      `${at} clicked https://a.example?id=…`,
    ],
    [
      'of a click its whole link as it would be kept',
      { kind: 'clicked', at, details: { url: 'https://a.example?id=1' } },
      `${at} clicked https://a.example?id=…`,
    ],
    ['of a click without a link none', { kind: 'clicked', at, details: {} }, `${at} clicked `],
    [
      'the address that a report named',
      { kind: 'bounced_hard', at, details: { named: 'bo@example.net' } },
      `${at} bounced_hard bo@example.net`,
    ],
  ])('is %s', (_, fact, text) => {
    expect(sameness(fact)).toBe(text);
  });
});
