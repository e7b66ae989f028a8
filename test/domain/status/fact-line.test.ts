import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, readLine, sameness, toLine } from '../../../lambdas/domain/status/fact-line.ts';
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

  it('of a newer version is passed over', () => {
    expect(readLine(`${at} teleported`)).toBeUndefined();
    expect(readLine('')).toBeUndefined();
  });
});

describe('sameness', () => {
  it('is kind and time, and for a click the link', () => {
    const click = (link: string) => sameness({ kind: 'clicked', at, details: { link } });

    expect(click('https://a.example')).not.toBe(click('https://b.example'));
    expect(sameness({ kind: 'deferred', at, details: { diagnostic: 'more' } })).toBe(
      sameness({ kind: 'deferred', at, details: {} }),
    );
  });
});
