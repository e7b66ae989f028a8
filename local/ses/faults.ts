import type { Draw } from './chance.ts';
import { errorNamed } from './ses-errors.ts';
import type { SesSettings } from './settings.ts';

/** The error of an account that may not send. @throws SesError unless the account is healthy */
export const refuseByAccount = ({ account }: Pick<SesSettings, 'account'>): void => {
  if (account === 'paused') throw errorNamed('SendingPausedException');
  if (account === 'suspended') throw errorNamed('AccountSuspendedException');
};

/** A fault injected into a SendEmail call. Throttled and failed calls are not accepted; the others are. */
export type Fault = 'throttled' | 'failed' | 'hung' | 'dropped';

/**
 * The fault of a call; `undefined` for none.
 *
 * @param draw the call's own random numbers
 * @param now milliseconds since 1970
 */
export const faultOf = (settings: SesSettings, draw: Draw, now: number): Fault | undefined => {
  const { throttle, fail, hang, drop } = settings;
  const hits = (name: Fault, setting: Readonly<{ share: number }> | null) =>
    setting !== null && draw.number(name) < setting.share;
  if (throttle !== null && isBurst(throttle, now) && hits('throttled', throttle)) return 'throttled';
  if (hits('failed', fail)) return 'failed';
  if (hits('hung', hang)) return 'hung';
  return hits('dropped', drop) ? 'dropped' : undefined;
};

const isBurst = ({ every, for: length }: Readonly<{ every?: number; for?: number }>, now: number): boolean =>
  every === undefined || length === undefined || now % (1_000 * every) < 1_000 * length;
