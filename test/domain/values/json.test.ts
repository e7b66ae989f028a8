import { describe, expect, it } from 'vitest';
import {
  detail,
  isObject,
  listAt,
  objectAt,
  present,
  textAt,
  UnreadableRecord,
} from '../../../lambdas/domain/values/json.ts';

/** Values of each shape, and how an error names the shape: never by what is in it. */
const SHAPES: readonly (readonly [unknown, string])[] = [
  [undefined, 'missing'],
  [null, 'null'],
  ['', 'empty'],
  ['ann@example.com', 'of type string'],
  [7, 'of type number'],
  [false, 'of type boolean'],
  [['ann@example.com'], 'a list'],
  [{ to: 'ann@example.com' }, 'of type object'],
];

/** How the guard refuses each of the shapes that it does not take. */
const refusals = (guard: (value: unknown, path: string) => unknown, taken: readonly string[]) =>
  SHAPES.filter(([, shape]) => !taken.includes(shape)).map(([value]) => {
    try {
      return guard(value, 'mail.headers');
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableRecord);
      expect(error).toMatchObject({ name: 'UnreadableRecord', code: 'wrong_shape' });
      return (error as Error).message;
    }
  });
const messages = (expected: string, taken: readonly string[]) =>
  SHAPES.filter(([, shape]) => !taken.includes(shape)).map(
    ([, shape]) => `mail.headers is ${shape}; SES publishes ${expected} there`,
  );

describe('a guard at the edge', () => {
  it('takes an object, and names the shape of everything else without quoting it', () => {
    const value = { a: 1 };

    expect(objectAt(value, 'mail')).toBe(value);
    expect(refusals(objectAt, ['of type object'])).toEqual(messages('an object', ['of type object']));
    expect(SHAPES.map(([one]) => isObject(one))).toEqual([...Array(7).fill(false), true]);
  });

  it('takes a list, and nothing for an empty one', () => {
    const value = [1];
    const taken = ['a list', 'missing', 'null'];

    expect(listAt(value, 'mail')).toBe(value);
    expect([listAt(undefined, 'mail'), listAt(null, 'mail')]).toEqual([[], []]);
    expect(refusals(listAt, taken)).toEqual(messages('a list', taken));
  });

  it('takes text that is there, blank or not', () => {
    expect([textAt('a', 'mail'), textAt(' ', 'mail')]).toEqual(['a', ' ']);
    expect(refusals(textAt, ['of type string'])).toEqual(messages('text', ['of type string']));
  });
});

describe('a detail', () => {
  it('is text that says something, without the blanks around it', () => {
    expect(detail(' smtp; 550 no such user\n')).toBe('smtp; 550 no such user');
    expect(['', ' \t\n', undefined, null, 7, ['a'], { a: 'b' }].map(detail)).toEqual(Array(7).fill(undefined));
  });
});

describe('the fields that are there', () => {
  it('are all but those that SES did not give', () => {
    const fields = present<Record<string, unknown>>({ none: undefined, nothing: null, empty: '', zero: 0, no: false });

    expect(fields).toEqual({ nothing: null, empty: '', zero: 0, no: false });
    expect('none' in fields).toBe(false);
  });
});
