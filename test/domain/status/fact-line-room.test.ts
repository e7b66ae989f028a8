import { describe, expect, it } from 'vitest';
import type { FactDetails } from '../../../lambdas/domain/status/fact.ts';
import { LONGEST_LINE, readLine, toLine } from '../../../lambdas/domain/status/fact-line.ts';

const at = '2026-11-24T10:00:03.120Z';
const line = (details: FactDetails) => toLine({ kind: 'deferred', at, details });
const kept = (details: FactDetails) => readLine(line(details))?.details ?? {};
const bytes = (text: string | undefined) => Buffer.byteLength(text ?? '');

describe('the room of a code in a line', () => {
  it.each([
    ['type', 32],
    ['delay', 32],
    ['mta', 60],
    ['template', 66],
    ['named', 80],
  ] as const)('is, for %s, %i bytes', (word, room) => {
    const whole = 'x'.repeat(room);

    expect(kept({ [word]: whole })).toEqual({ [word]: whole });
    expect(bytes(kept({ [word]: `${whole}x` })[word])).toBe(room);
  });

  it('holds a template’s longest name, also one with spaces', () => {
    const template = `Welcome to our ${'x'.repeat(49)}`;

    expect([template.length, kept({ template })]).toEqual([64, { template }]);
  });

  it('ends in an ellipsis where it was cut, within no character', () => {
    expect(kept({ type: 'x'.repeat(33), mta: '🦊'.repeat(16) })).toEqual({
      type: `${'x'.repeat(29)}…`,
      mta: `${'🦊'.repeat(14)}…`,
    });
  });

  it('tells named addresses apart that differ only at their ends', () => {
    const [one, other] = ['net', 'org'].map((end) => kept({ named: `${'x'.repeat(90)}@example.${end}` }).named);

    expect(one).toMatch(/^x{66}…[\w-]{11}$/);
    expect(other).toMatch(/^x{66}…[\w-]{11}$/);
    expect(one).not.toBe(other);
  });
});

describe('the room that codes leave', () => {
  const long = (sign: string) => sign.repeat(32);
  /** Codes at their longest, but for the first: what is left for the last of them, `status`, depends on it. */
  const crowded = (first: number): FactDetails => ({
    ...{ type: 'x'.repeat(first), subtype: long('s'), feedback: long('f'), delay: long('d'), expires: long('e') },
    ...{ action: long('a'), status: long('t'), diagnostic: 'smtp; 451 4.7.1 try again later, please' },
  });

  it('is 24 bytes for the text at least, with its word', () => {
    for (let first = 1; first <= 32; first++) {
      const [codes, text] = line(crowded(first)).split(' diagnostic=');

      expect(bytes(codes)).toBeLessThanOrEqual(LONGEST_LINE - 24);
      expect(text).toMatch(/^"smtp; .*…"$/);
    }
  });

  it('is filled to the last byte where a code was cut', () => {
    const [codes] = line(crowded(10)).split(' diagnostic=');

    expect(bytes(codes)).toBe(LONGEST_LINE - 24);
    expect(kept(crowded(10)).status).toBe(`${'t'.repeat(13)}…`);
  });

  it('has no code of which fewer than 16 bytes would be left', () => {
    const lengths = [9, 10, 11, 32].map((first) => bytes(kept(crowded(first)).status));

    expect(lengths).toEqual([17, 16, 0, 0]);
    expect(line(crowded(11))).not.toContain('status=');
  });
});

describe('the text at the end of a line', () => {
  it.each(['diagnostic', 'agent', 'response', 'reason', 'topics'] as const)(
    'takes the room that is left, and ends in an ellipsis where it was cut: %s',
    (word) => {
      const cut = line({ [word]: 'x'.repeat(400) });

      expect(bytes(cut)).toBe(LONGEST_LINE);
      expect(cut).toMatch(/xxx…$/);
    },
  );

  it('is whole where it just fits', () => {
    const room = LONGEST_LINE - bytes(`${at} deferred diagnostic=`);

    expect(line({ diagnostic: 'x'.repeat(room) })).toMatch(/x$/);
    expect(line({ diagnostic: 'x'.repeat(room + 1) })).toMatch(/x…$/);
  });

  it('is no link, whatever it looks like', () => {
    const cut = line({ diagnostic: `550-see-https://mail.example/?id=${'a1b2c3d4'.repeat(50)}` });

    expect(bytes(cut)).toBe(LONGEST_LINE);
  });
});
