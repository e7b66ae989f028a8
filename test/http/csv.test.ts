import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForCsv } from '../../lambdas/http/accept.ts';
import { toCsv } from '../../lambdas/http/csv.ts';
import { readCsv, recordsOf } from '../support/csv.ts';

/** Fragments of malicious and unusual cells. */
const aPiece = fc.constantFrom(
  '=',
  '+1',
  '-',
  '@SUM',
  '＝',
  ',',
  ';',
  '"',
  "'",
  '\r\n',
  '\n',
  '\r',
  '\t',
  ' ',
  'a',
  'ü🦊',
  '1',
);
const aCell = fc.array(aPiece, { maxLength: 6 }).map((pieces) => pieces.join(''));

describe('CSV', () => {
  it('is parsed back as it was written, except for the apostrophes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: aCell, b: aCell }), { maxLength: 5 }), (items) => {
        const [header, ...rows] = readCsv(toCsv(['a', 'b'], items));

        expect(header).toEqual(['a', 'b']);
        expect(rows).toHaveLength(items.length);
        for (const [index, [a = '', b = '']] of rows.entries()) {
          const bare = (text = '') => text.replaceAll("'", '');
          expect([bare(a), bare(b)]).toEqual([bare(items[index]?.a), bare(items[index]?.b)]);
        }
      }),
    );
  });

  it('leaves cells unchanged that are not formulas', () => {
    const harmless = fc.array(fc.constantFrom('a', 'ü🦊', '"', ',', ';', ' ', "'", '1'), { maxLength: 6 });
    fc.assert(
      fc.property(
        harmless.map((pieces) => pieces.join('')),
        (a) => {
          expect(recordsOf(toCsv(['a'], [{ a }]))).toEqual([{ a }]);
        },
      ),
    );
  });

  it('has no cell that begins as a formula, however a spreadsheet splits it', () => {
    fc.assert(
      fc.property(aCell, (a) => {
        const text = toCsv(['n', 'a'], [{ n: 'x', a }]);
        const cell = recordsOf(text)[0]?.a ?? '';

        for (const start of cell.split(/[;\t\r\n]/)) expect(start).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        // A spreadsheet with another separator does not parse our quotes: it splits the line as it is.
        for (const start of text.split(/[;\t\r\n]/)) expect(start).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        expect(cell).not.toMatch(/^[\t\r\n]/);
      }),
    );
  });

  it('writes null as an empty cell, and a list or an object as JSON', () => {
    const item = { a: null, b: { c: 0, d: null }, e: ['x', 'y'], f: {}, g: true, h: null };

    expect(toCsv(['a', 'b.c', 'b.d', 'e', 'f', 'g', 'h.i', 'e.0', 'j'], [item])).toBe(
      'a,b.c,b.d,e,f,g,h.i,e.0,j\r\n,0,,"[""x"",""y""]",{},true,,x,\r\n',
    );
  });

  it('has a header even without rows', () => {
    expect(toCsv(['a', 'b'], [])).toBe('a,b\r\n');
  });
});

describe('a request', () => {
  it.each([
    ['text/csv', true],
    ['Text/CSV; charset=utf-8', true],
    ['text/csv, */*;q=0.1', true],
    ['text/csv, */*', true],
    ['application/json;q=0.5, text/csv', true],
    ['application/json, text/csv;q=0.9', false],
    ['application/json, text/csv', false],
    ['text/csv;q=0', false],
    ['text/csv;q=x', false],
    ['*/*', false],
    ['text/*', false],
    ['', false],
    [undefined, false],
  ])('that accepts %j requests CSV: %s', (accept, expected) => {
    expect(asksForCsv(accept)).toBe(expected);
  });
});
