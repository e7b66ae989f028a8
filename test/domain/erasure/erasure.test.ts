import { describe, expect, it } from 'vitest';
import { erasedRecipients, isErased, markOf, NOBODY_ERASED } from '../../../lambdas/domain/erasure/erasure.ts';

const [BEFORE, THEN, AFTER] = ['2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z', '2026-11-24T12:00:00.000Z'];
const [ANN, BO, CY] = ['ann@example.com', 'bo@example.com', 'cy@example.com'];

describe('an email of somebody who was erased', () => {
  it('was accepted until then, or at a time that is not known', () => {
    expect([BEFORE, THEN, AFTER, undefined].map((at) => isErased(at, THEN))).toEqual([true, true, false, true]);
  });
});

describe('people who were erased', () => {
  const marks = new Map([
    [markOf(ANN, 'salt'), { erasedAt: THEN, suppressionErasedAt: BEFORE }],
    [markOf(BO, 'salt'), { erasedAt: THEN }],
  ]);

  it('are known again by their address, and by no other', () => {
    const people = erasedRecipients(marks, 'salt');

    expect([ANN, BO, CY].map((address) => people.email(address, THEN))).toEqual([true, true, false]);
    expect([ANN, BO, CY].map((address) => people.email(address, AFTER))).toEqual([false, false, false]);
    // Of an email without a time too: who was never erased has none that is taken for an earlier one.
    expect([ANN, BO, CY].map((address) => people.email(address, undefined))).toEqual([true, true, false]);
  });

  it('have news of their suppression left out only where that was erased too, up to that time', () => {
    const people = erasedRecipients(marks, 'salt');

    expect([ANN, BO, CY].map((address) => people.suppression(address, BEFORE))).toEqual([true, false, false]);
    expect(people.suppression(ANN, THEN)).toBe(false);
    expect([ANN, BO, CY].map((address) => people.suppression(address, undefined))).toEqual([true, false, false]);
    expect([ANN, BO, CY].map(people.suppressionErasedAt)).toEqual([BEFORE, undefined, undefined]);
  });

  it('are none where there is no salt, or another one', () => {
    for (const nobody of [erasedRecipients(marks, undefined), erasedRecipients(marks, 'other'), NOBODY_ERASED]) {
      expect(nobody.email(ANN, BEFORE)).toBe(false);
      expect(nobody.suppression(ANN, BEFORE)).toBe(false);
      expect(nobody.suppressionErasedAt(ANN)).toBeUndefined();
    }
  });

  it('are remembered by a mark that neither holds the address nor is the same under another salt', () => {
    expect(markOf(ANN, 'salt')).toMatch(/^[\w-]{43}$/);
    expect(new Set([markOf(ANN, 'salt'), markOf(ANN, 'other'), markOf(BO, 'salt')]).size).toBe(3);
    // Stored marks must be found again by every later version.
    expect(markOf(ANN, 'salt')).toBe('jb-GSH6PtwxzxKfiTs6Yqli-DGk_aaNrzFoJj4Kybbg');
  });
});
