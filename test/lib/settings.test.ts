import { describe, expect, it } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { readSettings, SettingsError } from '../../lib/settings/settings.ts';

const DEFAULTS = {
  stackName: 'Mailtrail',
  requireTls: false,
  trackingDomain: undefined,
  legacyIdentities: [],
  trial: false,
  jwt: undefined,
  corsOrigins: [],
  maxConcurrency: undefined,
  sendRate: 75,
  sendConcurrency: 5,
  messageQuota: 5,
  softBounces: { bounces: 3, hours: 72, days: 30 },
  retentionDays: 400,
  logRetentionDays: 30,
  throttle: { rate: 50, burst: 100 },
  alarmEmail: undefined,
  clickedLinks: 'short',
  statusEvents: false,
};

const JWT = { jwtIssuer: 'https://id.club.example', jwtAudience: 'front-end' };

describe('settings', () => {
  it('have defaults that switch everything optional off', () => {
    expect(readSettings({})).toEqual(DEFAULTS);
  });

  it('are untouched by the feature flags of cdk.json', () => {
    expect(readSettings(cdkJson.context)).toEqual(DEFAULTS);
  });

  it.each([
    ['stackName', 'Mailtrail-2', 'Mailtrail-2'],
    ['requireTls', true, true],
    ['requireTls', 'true', true],
    ['requireTls', 'false', false],
    ['trial', 'true', true],
    ['trackingDomain', ' click.club.example ', 'click.club.example'],
    ['legacyIdentities', ['club.example', 'office@club.example'], ['club.example', 'office@club.example']],
    ['legacyIdentities', 'club.example, office@club.example,club.example', ['club.example', 'office@club.example']],
    [
      'corsOrigins',
      'https://app.club.example:8443,http://127.0.0.1:80',
      ['https://app.club.example:8443', 'http://127.0.0.1:80'],
    ],
    ['maxConcurrency', '5', 5],
    ['sendConcurrency', '20', 20],
    ['messageQuota', '0', 0],
    ['retentionDays', 30, 30],
    ['logRetentionDays', '731', 731],
    ['alarmEmail', ' office@club.example ', 'office@club.example'],
    ['statusEvents', 'true', true],
    ['clickedLinks', 'full', 'full'],
    ['clickedLinks', ' short ', 'short'],
  ])('take %s as %j', (name, given, meant) => {
    expect(readSettings({ [name]: given })).toEqual({ ...DEFAULTS, [name]: meant });
  });

  it.each([
    [1, 3],
    [14, 3],
    [75, 5],
    ['200', 14],
    [500, 34],
    [10_000, 667],
  ])('take %j emails a second as %i workers, and a number of workers before that', (sendRate, sendConcurrency) => {
    const read = { ...DEFAULTS, sendRate: Number(sendRate) };

    expect(readSettings({ sendRate })).toEqual({ ...read, sendConcurrency });
    expect(readSettings({ sendRate, sendConcurrency: 8 })).toEqual({ ...read, sendConcurrency: 8 });
  });

  it('take throttling as two numbers, soft bounces as three, and tokens as issuer and audiences', () => {
    expect(readSettings({ throttleRate: '10', throttleBurst: 20 }).throttle).toEqual({ rate: 10, burst: 20 });
    expect(readSettings({ softBounces: 0, softBounceHours: '24', softBounceDays: 7 }).softBounces).toEqual({
      ...{ bounces: 0, hours: 24, days: 7 },
    });
    expect(readSettings(JWT).jwt).toEqual({ issuer: 'https://id.club.example', audiences: ['front-end'] });
    expect(readSettings({ ...JWT, jwtAudience: ['a', 'b'] }).jwt?.audiences).toEqual(['a', 'b']);
  });

  it.each(['', null, undefined])('take %j back to the default', (nothing) => {
    expect(readSettings({ trackingDomain: nothing, jwtIssuer: nothing, corsOrigins: nothing })).toEqual(DEFAULTS);
  });

  it.each([
    ['stackName', 'my stack', 'letters, digits and hyphens'],
    ['stackName', '1st', 'a letter first'],
    ['requireTls', 'yes', 'true or false'],
    ['requireTls', 1, 'true or false'],
    ['trial', 'TRUE', 'true or false'],
    ['trackingDomain', 'https://click.club.example', 'without https://'],
    ['trackingDomain', 'click', 'host name'],
    ['trackingDomain', ['click.club.example'], 'host name'],
    ['legacyIdentities', '*', 'verified SES identity'],
    ['legacyIdentities', 'club.example,,x.example', 'verified SES identity'],
    ['legacyIdentities', '*@club.example', 'verified SES identity'],
    ['legacyIdentities', 'arn:aws:ses:eu-west-1:111122223333:identity/club.example', 'verified SES identity'],
    ['legacyIdentities', '$office@club.example', 'verified SES identity'],
    ['legacyIdentities', { club: 'example' }, 'a list'],
    ['legacyIdentities', [['club.example']], 'verified SES identity'],
    ['corsOrigins', '*', 'an origin such as'],
    ['corsOrigins', 'https://app.club.example/', 'without /'],
    ['corsOrigins', 'http://app.club.example', 'http only for localhost'],
    ['maxConcurrency', 4, 'from 5 to 1000'],
    ['maxConcurrency', '10.5', 'from 5 to 1000'],
    ['maxConcurrency', 'many', 'from 5 to 1000'],
    ['sendRate', 0, 'emails a second from 1 to 10000'],
    ['sendRate', '14.5', 'a whole number of emails a second'],
    ['messageQuota', 91, 'percent from 0 to 90'],
    ['retentionDays', 0, 'from 1 to 3650'],
    ['retentionDays', '-400', 'from 1 to 3650'],
    ['logRetentionDays', 31, '30, 60'],
    ['logRetentionDays', 9999, '3653'],
    ['throttleRate', 0, 'requests a second'],
    ['throttleBurst', '1e3', 'requests at once'],
    ['alarmEmail', 'club.example', 'one email address'],
    ['alarmEmail', 'Office <office@club.example>', 'one email address'],
    ['alarmEmail', 'ann@club.example,bo@club.example', 'one email address'],
    ['jwtIssuer', 'http://id.club.example', 'https://'],
    ['jwtAudience', 'front end', 'without spaces'],
  ])('refuse %s as %j, and say what would be right', (name, given, right) => {
    const context = name.startsWith('jwt') ? { ...JWT, [name]: given } : { [name]: given };

    expect(() => readSettings(context)).toThrow(SettingsError);
    expect(() => readSettings(context)).toThrow(`- ${name} is ${JSON.stringify(given)}: it must be `);
    expect(() => readSettings(context)).toThrow(right);
  });

  it.each([{ jwtIssuer: JWT.jwtIssuer }, { jwtAudience: JWT.jwtAudience }, { ...JWT, jwtAudience: [] }])(
    'refuse half of what tokens need: %j',
    (half) => {
      expect(() => readSettings(half)).toThrow('jwtIssuer and jwtAudience go together');
    },
  );

  it('refuse a name they do not have, and say which they have', () => {
    expect(() => readSettings({ requireTLS: 'true' })).toThrow("requireTLS is no setting of Mailtrail's");
    expect(() => readSettings({ requireTLS: 'true' })).toThrow(/corsOrigins, .*requireTls, .*trial\./);
  });

  it("leave CDK's own names alone", () => {
    expect(readSettings({ '@aws-cdk/core:x': 1, 'aws:cdk:y': [], 'cli-telemetry': false })).toEqual(DEFAULTS);
  });

  it('name everything that is wrong at once', () => {
    const wrong = () => readSettings({ trial: 'maybe', retentionDays: 'long', colour: 'red' });

    expect(wrong).toThrow(/trial is .*\n- retentionDays is .*\n- colour is /s);
  });
});
