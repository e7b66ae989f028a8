import { describe, expect, it } from 'vitest';
import { destinationOf, namedAddress } from '../../../lambdas/domain/ses-events/destination.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const messageTo = (...destinations: readonly string[]): Message => ({
  messageId: 'm',
  sesMessageId: 'm',
  destinations: addressees(destinations),
});
const attributed = (named: string, ...destinations: readonly string[]) => {
  const { destination, named: unmatched } = destinationOf(named, messageTo(...destinations));
  return [destination?.recipient, unmatched];
};

describe('the address that a report names', () => {
  it.each([
    ['exactly', 'Ann@example.com', 'ann@example.com'],
    ['in another case', 'ANN@EXAMPLE.COM', 'ann@example.com'],
    ['without its label', 'ann@example.com', 'ann+club@example.com'],
    ['with a label that its mail server added', 'ann+bounce@example.com', 'ann@example.com'],
    ['with another label', 'ann+a@example.com', 'ann+b@example.com'],
    ['in quotes that it does not need', '"ann"@example.com', 'ann@example.com'],
    ['with its domain in Unicode', 'ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['with its domain in Unicode and a label', 'ann+bounce@bücher.example', 'ann@xn--bcher-kva.example'],
    ['in full-width characters', 'ａｎｎ@example.com', 'ann@example.com'],
  ])('is a destination’s that it names %s', (_, named, destination) => {
    expect(attributed(named, destination)).toEqual([destination, undefined]);
    expect(attributed(named, 'bo@example.net', destination)).toEqual([destination, undefined]);
  });

  it('is the destination’s that has that very label, where others differ in theirs alone', () => {
    expect(attributed('ann+b@example.com', 'ann+a@example.com', 'ann+b@example.com')).toEqual([
      'ann+b@example.com',
      undefined,
    ]);
  });

  it('is none where a label is all that it has before the @, and another one is all that the destination has', () => {
    expect(attributed('+bo@example.com', '+ann@example.com', 'kim@example.net')).toEqual([
      undefined,
      '+bo@example.com',
    ]);
  });

  it('may be one that is no address in the form in which it is compared', () => {
    const inFullWidth = 'ann，smith@example.com';

    expect(attributed(`${inFullWidth}`, 'bo@example.net', 'kim@example.net')).toEqual([undefined, inFullWidth]);
    expect(attributed('ann﹐smith@example.com', 'bo@example.net', inFullWidth)).toEqual([inFullWidth, undefined]);
  });

  it('is nobody’s where two destinations differ in their labels alone', () => {
    expect(attributed('ann@example.com', 'ann+a@example.com', 'ann+b@example.com')).toEqual([
      undefined,
      'ann@example.com',
    ]);
  });

  it.each([
    ['a forwarding target', 'ann.private@example.net'],
    ['the sender’s own', 'office@club.example'],
    ['the destination’s local part at another domain', 'ann@example.net'],
    ['one whose label is all there is', '+ann@example.com'],
  ])('is the only destination’s where it is %s, and is kept', (_, named) => {
    expect(attributed(named, 'ann@example.com')).toEqual(['ann@example.com', named]);
    expect(attributed(named, 'ann@example.com', 'bo@example.net')).toEqual([undefined, named]);
    expect(attributed(named)).toEqual([undefined, named]);
  });
});

describe('an entry of a report', () => {
  it.each([
    ['a text', 'ann@example.com'],
    ['an object', { emailAddress: 'ann@example.com' }],
    ['a Final-Recipient with its address type', { emailAddress: 'rfc822; ann@example.com' }],
    ['one with a display name', { emailAddress: 'Ann <ann@example.com>' }],
  ])('names an address as %s', (_, entry) => {
    expect(namedAddress(entry)).toBe('ann@example.com');
  });

  it('names a Unicode address as RFC 6533 writes it in ASCII', () => {
    expect(namedAddress({ emailAddress: 'utf-8; jos\\x{E9}@example.com' })).toBe('josé@example.com');
    expect(namedAddress({ emailAddress: 'utf-8; jo\\x{10FFFF}@example.com' })).toBe('jo\u{10ffff}@example.com');
    expect(namedAddress({ emailAddress: 'utf-8; jo\\x{110000}@example.com' })).toBeUndefined();
  });

  it.each([[undefined], [null], [7], ['nobody'], [{ emailAddress: null }], [{}]])('%s names none', (entry) => {
    expect(namedAddress(entry)).toBeUndefined();
  });
});
