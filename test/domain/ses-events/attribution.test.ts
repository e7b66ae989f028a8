import { describe, expect, it } from 'vitest';
import {
  entriesElseOnly,
  entriesOf,
  everyDestination,
  onlyDestination,
} from '../../../lambdas/domain/ses-events/attribution.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const ANN = { recipient: 'ann@example.com', spellings: ['Ann@example.com'] };
const BO = { recipient: 'bo@example.net', spellings: ['bo@example.net'] };
const ITSELF = { recipient: '*', spellings: [] };
const sentTo = (...destinations: readonly string[]): Message => ({
  ...{ messageId: 'm', sesMessageId: 'm' },
  destinations: addressees(destinations),
});
const NOBODY = sentTo();
const ONE = sentTo('Ann@example.com');
const TWO = sentTo('Ann@example.com', 'bo@example.net');

describe('what names nobody', () => {
  it('concerns every destination where it is about the message, which stands for itself where it has none', () => {
    expect([NOBODY, ONE, TWO].map(everyDestination)).toEqual([[ITSELF], [ANN], [ANN, BO]]);
  });

  it('concerns the only destination where a person did it, and nobody in particular among several', () => {
    expect([NOBODY, ONE, TWO].map(onlyDestination)).toEqual([ITSELF, ANN, ITSELF]);
  });
});

describe('an entry of an event’s list', () => {
  it('concerns the destination that it names, with whatever else it says', () => {
    const entry = { emailAddress: 'ann@example.com', status: '5.1.1' };

    expect(entriesOf([entry, 'BO@example.net'], TWO)).toStrictEqual([
      { ...ANN, entry },
      { ...BO, entry: 'BO@example.net' },
    ]);
  });

  it('keeps the address that it names where that is no destination', () => {
    const entry = 'kim@example.org';

    expect(entriesOf([entry], ONE)).toStrictEqual([{ ...ANN, entry, named: entry }]);
    expect(entriesOf([entry], TWO)).toStrictEqual([{ ...ITSELF, entry, named: entry }]);
  });

  it('that names no address is left out, so that the others count', () => {
    expect(entriesOf(['nobody', {}, 'ann@example.com'], TWO)).toStrictEqual([{ ...ANN, entry: 'ann@example.com' }]);
  });
});

describe('a report that names nobody', () => {
  it('is the only destination’s, with what its only entry says', () => {
    const entry = { emailAddress: 'nobody', status: '5.1.1' };

    expect(entriesElseOnly([entry], ONE)).toStrictEqual([{ ...ANN, entry }]);
    expect(entriesElseOnly([entry], TWO)).toStrictEqual([{ ...ITSELF, entry }]);
  });

  it('says no more where it has no entry, or several', () => {
    expect(entriesElseOnly([], ONE)).toStrictEqual([{ ...ANN, entry: {} }]);
    expect(entriesElseOnly([{ status: '5.1.1' }, { status: '4.2.2' }], ONE)).toStrictEqual([{ ...ANN, entry: {} }]);
  });

  it('is not one that names a person', () => {
    expect(entriesElseOnly(['bo@example.net', 'nobody'], TWO)).toStrictEqual([{ ...BO, entry: 'bo@example.net' }]);
  });
});
