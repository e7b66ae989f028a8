import { isObject } from '../http/body.ts';
import type { GivenRow } from '../http/contract.ts';

type WrongRow = Exclude<GivenRow<unknown>, { value: unknown }>;

/** What is wrong with an entry of a list, and what would be right. Never a value of it. */
export const whatIsWrong = ({ wrong }: WrongRow): string =>
  wrong.map(({ parameter, message }) => `${parameter.replace(/^\./, '')} ${message}`.trim()).join('; ');

/** The address of a wrong entry as it was given, so that a person finds it in their list; null where it is no text. */
export const givenAddress = ({ given }: WrongRow): string | null => {
  const text = isObject(given) && 'address' in given ? given.address : given;
  return typeof text === 'string' ? [...text.toWellFormed()].slice(0, LONGEST).join('') : null;
};

/** Characters: what an address may have in a request. */
const LONGEST = 512;
