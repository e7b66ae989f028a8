import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareAddress, foldAddress } from '../../../lambdas/domain/values/address.ts';
import { typedAddress } from '../../../lambdas/domain/values/pasted-address.ts';

const BO = { address: 'bo@example.net', spelling: 'bo@example.net' };

/** What cannot be seen: widths of zero, directions, soft hyphens, selectors, byte order marks, spaces that do not break. */
const INVISIBLE = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u061c', '\u115f', '\u3164', '\u180e'],
  ...['\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
  ...['\u00a0', '\u2007', '\u202f', '\u2009', '\u3000', '\u205f', '\ufe0f', '\u{e0001}', '\u{e0100}'],
];

describe('an address that a person pasted', () => {
  it.each(INVISIBLE.map((sign) => [`U+${sign.codePointAt(0)?.toString(16)}`, sign] as const))(
    'loses %s wherever it is',
    (_, sign) => {
      for (const [place] of [...BO.address, ''].entries()) {
        const text = `${BO.address.slice(0, place)}${sign}${BO.address.slice(place)}`;
        expect([place, typedAddress(text)]).toEqual([place, BO]);
      }
    },
  );

  it.each([
    ['ｂｏ＠ｅｘａｍｐｌｅ．ｎｅｔ'],
    ['bo＠example.net'],
    ['bo@example。net'],
    ['bo@example｡net'],
    ['bo@example．net'],
    ['bo﹫example﹒net'],
    ['ＢＯ＠Example.net'],
  ])('has full-width forms as ASCII: %s', (text) => {
    expect(typedAddress(text)?.address).toBe('bo@example.net');
    expect(typedAddress(text)?.spelling).toMatch(/^[\x21-\x7e]+$/);
  });

  it.each([
    ['Bo <bo@example.net>'],
    ['"Bo, B." <bo@example.net>'],
    ['"Bo \\"The <Man>\\" B." <bo@example.net>'],
    ['Berg, Bo <bo@example.net>'],
    ['bo@example.net <bo@example.net>'],
    ['Bo@work <bo@example.net>'],
    ['<bo@example.net>'],
    [' Bo\u00a0Berg  < bo@example.net > '],
    ['Bo\t<bo@example.net>\r\n'],
    ['“Bo” <bo@example.net>'],
    ['Bo ＜bo＠example.net＞'],
    ['mailto:bo@example.net'],
    ['MAILTO:bo@example.net?subject=Hello'],
    ['mailto:bo%40example.net'],
    ['<mailto:bo@example.net>'],
    ['Bo < mailto:bo@example.net >'],
    ['"bo@work, b@home" <bo@example.net>'],
    ['bo@example.net<mailto:bo@example.net>'],
    ['\u202aBo <bo@example.net>\u202c'],
  ])('loses its display name and scheme: %j', (text) => {
    expect(typedAddress(text)).toEqual(BO);
  });

  it.each([
    [''],
    ['Bo'],
    ['bo@'],
    ['\u200b'],
    ['bo@@example.net'],
    ['bo @example.net'],
    ['bo@exam ple.net'],
    ['bo@exam\nple.net'],
    ['bo@example.net, ann@example.com'],
    ['bo@example.net ann@example.com'],
    ['Ann <ann@example.com>, Bo <bo@example.net>'],
    ['Ann <ann@example.com> Bo <bo@example.net>'],
    ['ann@example.com, Bo <bo@example.net>'],
    ['ann@example.com, Bo <bo@example.net> '],
    ['"Ann" <ann@example.com>, Bo <bo@example.net>'],
    ['Ann; ann@example.com <bo@example.net>'],
    ['ann@example.com ann@example.org <bo@example.net>'],
    ['mailto:bo@example.net,ann@example.com'],
    ['mailto:%zz@example.net'],
    ['http:bo@example.net'],
    ['to mailto:bo@example.net'],
    // SMTP has room for it, but no longer where its domain is in punycode.
    [`${'b'.repeat(306)}@ü.example`],
  ])('is none in %j', (text) => {
    expect(typedAddress(text)).toBeUndefined();
  });

  it('keeps everything that is seen: case, plus tags, dots, quotes, other scripts', () => {
    expect(typedAddress(' Bo.B+News@Example.NET ')).toEqual({
      address: 'bo.b+news@example.net',
      spelling: 'Bo.B+News@Example.NET',
    });
    expect(typedAddress('"bo berg"@example.net')?.spelling).toBe('"bo berg"@example.net');
    expect(typedAddress('bö@bücher.example')).toEqual({
      address: 'bö@xn--bcher-kva.example',
      spelling: 'bö@bücher.example',
    });
  });

  it('is the address of an event where nothing was added, and cleaning it again changes nothing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aB.+@<>," :;\u200b\u00a0＠。ßİ', 'example.com', 'mailto:') });
    fc.assert(
      fc.property(text, (given) => {
        const typed = typedAddress(given);
        if (typed === undefined) return;
        expect(typed).toEqual({ address: foldAddress(typed.spelling), spelling: bareAddress(typed.spelling) });
        expect(typedAddress(typed.spelling)).toEqual(typed);
        expect(typedAddress(typed.address)?.address).toBe(typed.address);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves the addresses of events alone: there each character counts', () => {
    expect(foldAddress('bo\u200b@example.net')).not.toBe('bo@example.net');
    expect(foldAddress('bo＠example.net')).toBeUndefined();
  });
});
