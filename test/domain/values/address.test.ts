import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareAddress, foldAddress, isSimulator } from '../../../lambdas/domain/values/address.ts';

describe('an address', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    ['  Ann@Example.COM ', 'ann@example.com'],
    ['<ooto@example.com>', 'ooto@example.com'],
    ['Ann Smith <Ann+News@Example.com>', 'ann+news@example.com'],
    ['"Smith, Ann <the first>" <ann@example.com>', 'ann@example.com'],
    ['a.n.n@example.com', 'a.n.n@example.com'],
    ['ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
    ['"ann smith"@example.com', '"ann smith"@example.com'],
    ['ann@[192.0.2.1]', 'ann@[192.0.2.1]'],
    ['Ann < Ann@example.com >', 'ann@example.com'],
    // What a URL would take for the IP address 10.0.0.1 is a domain like any other.
    ['ann@10.1', 'ann@10.1'],
  ])('%s is filed as %s', (text, folded) => {
    expect(foldAddress(text)).toBe(folded);
  });

  it.each([
    '',
    ' ',
    'ann',
    'ann@',
    '@example.com',
    'ann@example.com, bo@example.com',
    'ann smith@example.com',
    '<>',
    'Ann <>',
    'Ann <ann@example.com',
    'ann@example.com>',
    'ann@exam ple.com',
    'a@b@example.com',
    `${'a'.repeat(310)}@example.com`,
    'undisclosed-recipients:;',
    'ann@exämple.com/evil',
    'ann@exämple.com?x',
    'ann@exämple.com#x',
    'ann@ü%2Ecom',
    'a\u0000nn@example.com',
    'ann@exa\u0000mple.com',
    '*',
  ])('%j is none', (text) => {
    expect(foldAddress(text)).toBeUndefined();
  });

  it('keeps the spelling that SES used, for its suppression calls', () => {
    expect(bareAddress(' Ann <Ann@Example.com> ')).toBe('Ann@Example.com');
  });

  it('has 320 bytes at most', () => {
    const longest = `ü@${'d'.repeat(317)}`;

    expect(bareAddress(longest)).toBe(longest);
    expect(bareAddress(`${longest}d`)).toBeUndefined();
  });

  it('is filed the same when it is folded again', () => {
    const piece = fc.constantFrom('a', 'A', 'É', 'İ', 'ß', '.', '+', '-', '_', 'ü', '%', '"', ' ', '<', '>', '@');
    const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(text, text, (local, domain) => {
        const once = foldAddress(`${local}@${domain}`);
        fc.pre(once !== undefined);

        expect(foldAddress(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('is known as a simulator by its whole domain', () => {
    expect(isSimulator('bounce+x@simulator.amazonses.com')).toBe(true);
    expect(isSimulator('ann@simulator.amazonses.com.example.com')).toBe(false);
  });
});
