import { SesError } from './rest-json.ts';

/** Counts a call of one action. @throws SesError TooManyRequestsException, 429, if the second's calls are used up */
export type CallRate = (action: string, perSecond: number) => void;

/**
 * SES accepts one call a second of each action but those that send (SES quotas).
 *
 * @param clock milliseconds since 1970
 */
export const createCallRate = (clock: () => number): CallRate => {
  const taken = new Map<string, number>();
  return (action, perSecond) => {
    const now = clock();
    const last = taken.get(action);
    if (last !== undefined && now < last + 1_000 / perSecond) {
      throw new SesError('TooManyRequestsException', 'Too many requests have been made to the operation.', 429);
    }
    taken.set(action, now);
  };
};
