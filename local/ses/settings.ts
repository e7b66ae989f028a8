import { ERRORS } from './ses-errors.ts';

/** How often something is done to a call: a share of all calls, from 0 to 1. */
type Share = Readonly<{ share: number }>;

/** How the simulated SES is set: at start, and anew while it runs. */
export type SesSettings = Readonly<{
  /** Recipients a second. */
  maxSendRate: number;
  /** Recipients in 24 hours; -1 for no end of them. */
  max24HourSend: number;
  account: 'healthy' | 'paused' | 'suspended';
  /** Calls a second of each action about identities: GetEmailIdentity and the like. */
  identityCallRate: number;
  /** By name, whether it is verified. What is named here is added to the identities there are. */
  identities: Readonly<Record<string, boolean>>;
  /** Answered as though too much was sent. In bursts where `every` is given: for `for` of each `every` seconds. */
  throttle: (Share & Readonly<{ every?: number; for?: number }>) | null;
  /** Answered with this error, and not taken. */
  fail: (Share & Readonly<{ error: string }>) | null;
  /** Taken, and answered only so many seconds later. */
  hang: (Share & Readonly<{ seconds: number }>) | null;
  /** Taken, and the connection cut instead of an answer. */
  drop: Share | null;
  /** Decides which calls the shares hit: the same seed hits the same calls, counted from when it was set. */
  seed: string;
}>;

/** No email of the tests, the examples and the demo is refused; whoever wants to see one refused sets less. */
export const USUAL_SETTINGS: SesSettings = {
  maxSendRate: 1_000,
  max24HourSend: 1_000_000,
  account: 'healthy',
  // SES takes one a second of each action but those that send (SES quotas).
  identityCallRate: 1,
  identities: Object.fromEntries(
    ['club.example', 'hillside-tennis.example', 'example.com', 'example.net', 'example.org'].map((name) => [
      name,
      true,
    ]),
  ),
  throttle: null,
  fail: null,
  hang: null,
  drop: null,
  seed: 'mailtrail',
};

/** What a setting may not be; one line for each that is wrong. */
export class WrongSettings extends Error {}

/**
 * Settings as they are after a change, which is JSON from outside: what it names is set, null sets it back.
 *
 * @param usual what null sets back to
 * @throws WrongSettings where it names something else, or something that cannot be set so
 */
export const changed = (now: SesSettings, usual: SesSettings, change: unknown): SesSettings => {
  if (!isObject(change)) throw new WrongSettings('The settings are a JSON object.');
  const entries = Object.entries(change);
  const wrong = entries.flatMap(([name, value]) => {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof SesSettings] : undefined;
    if (rule === undefined) return [`There is no "${name}"; there are ${Object.keys(RULES).join(', ')}.`];
    return value === null || rule.holds(value) ? [] : [`${name} must be ${rule.says}.`];
  });
  if (wrong.length > 0) throw new WrongSettings(wrong.join(' '));
  const values = entries.map(([name, value]) => [name, value ?? usual[name as keyof SesSettings]] as const);
  return { ...now, ...Object.fromEntries(values) };
};

type Rule = Readonly<{ holds: (value: unknown) => boolean; says: string }>;
type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPositive: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isError: Check = (value) => typeof value === 'string' && Object.hasOwn(ERRORS, value);

/** An object with all of these members, perhaps some of those, and no other. */
const has =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(needed).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => ({ ...needed, ...optional })[name]?.(one) ?? false);

const RULES: Readonly<Record<keyof SesSettings, Rule>> = {
  maxSendRate: { holds: isPositive, says: 'a number above 0, of recipients a second' },
  max24HourSend: {
    holds: (value) => Number.isInteger(value) && Number(value) >= -1,
    says: 'a whole number of recipients, or -1 for no end of them',
  },
  identityCallRate: { holds: isPositive, says: 'a number above 0, of calls a second' },
  account: {
    holds: (value) => ['healthy', 'paused', 'suspended'].includes(String(value)),
    says: 'healthy, paused or suspended',
  },
  identities: {
    holds: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'boolean'),
    says: '{ "a domain or address": true where it is verified, false where it is pending }',
  },
  throttle: {
    holds: (value) =>
      has({ share: isShare }, { every: isPositive, for: isPositive })(value) &&
      isObject(value) &&
      (value.every === undefined) === (value.for === undefined),
    says: '{ "share": 0 to 1 }, and for bursts "every" and "for", both in seconds',
  },
  fail: {
    holds: has({ share: isShare, error: isError }),
    says: `{ "share": 0 to 1, "error": one of ${Object.keys(ERRORS).join(', ')} }`,
  },
  hang: { holds: has({ share: isShare, seconds: isPositive }), says: '{ "share": 0 to 1, "seconds": above 0 }' },
  drop: { holds: has({ share: isShare }), says: '{ "share": 0 to 1 }' },
  seed: { holds: (value) => typeof value === 'string', says: 'text' },
};
