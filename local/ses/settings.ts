import { ERRORS } from './ses-errors.ts';

/** How often a fault is injected: a share of all calls, from 0 to 1. */
type Share = Readonly<{ share: number }>;

/** Settings of the simulated SES: at start, and while it runs. */
export type SesSettings = Readonly<{
  /** Recipients a second. */
  maxSendRate: number;
  /** Recipients in 24 hours; -1 for unlimited. */
  max24HourSend: number;
  account: 'healthy' | 'paused' | 'suspended';
  /** Calls a second of each action about identities: GetEmailIdentity and the like. */
  identityCallRate: number;
  /** By name, whether each is verified. A change adds its identities to the existing ones. */
  identities: Readonly<Record<string, boolean>>;
  /** Rejected as throttled. With `every`, in bursts: for `for` of each `every` seconds. */
  throttle: (Share & Readonly<{ every?: number; for?: number }>) | null;
  /** Rejected with this error, and not accepted. */
  fail: (Share & Readonly<{ error: string }>) | null;
  /** Accepted, with the response so many seconds later. */
  hang: (Share & Readonly<{ seconds: number }>) | null;
  /** Accepted, and the connection closed without a response. */
  drop: Share | null;
  /** Selects the calls that the shares hit: the same seed hits the same calls, counted from the last change. */
  seed: string;
}>;

/** High enough for the tests, the examples and the demo. To see mail rejected, lower them. */
export const USUAL_SETTINGS: SesSettings = {
  maxSendRate: 1_000,
  max24HourSend: 1_000_000,
  account: 'healthy',
  // SES accepts one a second of each action but those that send (SES quotas).
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

/** Invalid settings; one sentence for each. */
export class WrongSettings extends Error {}

/**
 * The settings after a change, which is JSON from outside: it sets the names it contains, and null restores a default.
 *
 * @param usual the values that null restores
 * @throws WrongSettings on an unknown name or an invalid value
 */
export const changed = (now: SesSettings, usual: SesSettings, change: unknown): SesSettings => {
  if (!isObject(change)) throw new WrongSettings('The settings are a JSON object.');
  const entries = Object.entries(change);
  const wrong = entries.flatMap(([name, value]) => {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof SesSettings] : undefined;
    if (rule === undefined) return [`There is no setting "${name}"; there are ${Object.keys(RULES).join(', ')}.`];
    return value === null || rule.holds(value) ? [] : [`${name} must be ${rule.allowed}.`];
  });
  if (wrong.length > 0) throw new WrongSettings(wrong.join(' '));
  const values = entries.map(([name, value]) => [name, value ?? usual[name as keyof SesSettings]] as const);
  return { ...now, ...Object.fromEntries(values) };
};

type Rule = Readonly<{ holds: (value: unknown) => boolean; allowed: string }>;
type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPositive: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isError: Check = (value) => typeof value === 'string' && Object.hasOwn(ERRORS, value);

/** An object with all of these members, optionally some of those, and no others. */
const has =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(needed).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => ({ ...needed, ...optional })[name]?.(one) ?? false);

const RULES: Readonly<Record<keyof SesSettings, Rule>> = {
  maxSendRate: { holds: isPositive, allowed: 'a number above 0, of recipients a second' },
  max24HourSend: {
    holds: (value) => Number.isInteger(value) && Number(value) >= -1,
    allowed: 'a whole number of recipients, or -1 for unlimited',
  },
  identityCallRate: { holds: isPositive, allowed: 'a number above 0, of calls a second' },
  account: {
    holds: (value) => ['healthy', 'paused', 'suspended'].includes(String(value)),
    allowed: 'healthy, paused or suspended',
  },
  identities: {
    holds: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'boolean'),
    allowed: '{ "a domain or address": true if it is verified, false if it is pending }',
  },
  throttle: {
    holds: (value) =>
      has({ share: isShare }, { every: isPositive, for: isPositive })(value) &&
      isObject(value) &&
      (value.every === undefined) === (value.for === undefined),
    allowed: '{ "share": 0 to 1 }, and for bursts "every" and "for", both in seconds',
  },
  fail: {
    holds: has({ share: isShare, error: isError }),
    allowed: `{ "share": 0 to 1, "error": one of ${Object.keys(ERRORS).join(', ')} }`,
  },
  hang: { holds: has({ share: isShare, seconds: isPositive }), allowed: '{ "share": 0 to 1, "seconds": above 0 }' },
  drop: { holds: has({ share: isShare }), allowed: '{ "share": 0 to 1 }' },
  seed: { holds: (value) => typeof value === 'string', allowed: 'text' },
};
