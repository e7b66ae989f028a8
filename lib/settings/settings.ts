import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { flag, listOf, oneOf, type Parser, text, wholeNumber, word } from './context-values.ts';
import { sendWorkers } from './send-workers.ts';

/** What a club may choose, by `-c NAME=VALUE` or in cdk.json's `context`. This file is the only one that reads context. */
export type Settings = Readonly<{
  /** The stack's id and name; another one puts a second copy into the account. */
  stackName: string;
  /** SES sends only where the connection to the mailbox provider is encrypted, else the email bounces. */
  requireTls: boolean;
  /** Host name of the links and pixels that SES counts opens and clicks with; its CNAME is the club's to make. */
  trackingDomain: string | undefined;
  /** Identities (domains or addresses) whose legacy notifications are let in. */
  legacyIdentities: readonly string[];
  /** A stack to try and throw away: deleting it deletes the tables. */
  trial: boolean;
  /** Who issues the tokens that open the API; IAM (SigV4) opens it where nobody does. */
  jwt: Readonly<{ issuer: string; audiences: readonly string[] }> | undefined;
  /** Web origins whose pages may call the API. */
  corsOrigins: readonly string[];
  /** Hard cap on how many of each function run at once, reserved out of the account's. */
  maxConcurrency: number | undefined;
  /** The account's MaxSendRate, emails a second, from which the number of workers follows. It limits nothing. */
  sendRate: number;
  /** Workers that send at once: as many as the account's rate takes, if not said otherwise. */
  sendConcurrency: number;
  /** How much of SES's quota for 24 hours campaigns leave to single messages, in percent. */
  messageQuota: number;
  /** Soft bounces in a row, over at least so many hours, that suppress an address, and for how many days; 0 bounces: never. */
  softBounces: Readonly<{ bounces: number; hours: number; days: number }>;
  /** Whether a clicked link is kept without what may be a secret, or whole (lambdas/domain/ses-events/clicked-link.ts). */
  clickedLinks: 'short' | 'full';
  /** Days an email's status is kept. */
  retentionDays: number;
  /** Days logs are kept. */
  logRetentionDays: RetentionDays;
  /** Requests the API takes: a second, and at once. */
  throttle: Readonly<{ rate: number; burst: number }>;
  /** A domain name of the club's own for the API and for links in emails, with its certificate. */
  apiDomain: ApiDomainSettings | undefined;
  /** Who gets an email when an alarm fires. */
  alarmEmail: string | undefined;
  /** Publishes every change of a status or a suppression to an event bus. */
  statusEvents: boolean;
}>;

/** A domain name, and the ARN of an AWS Certificate Manager certificate for it in the stack's region. */
export type ApiDomainSettings = Readonly<{ domainName: string; certificateArn: string }>;

/** Thrown with every unusable context value at once, in the words of the person who wrote them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const HOST = '(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]';
const host = text(new RegExp(`^${HOST}$`), 'a host name such as click.club.example, without https:// and path');
// No `*`, `?` or `$`: the text becomes part of an ARN in a policy.
const identity = text(
  new RegExp(`^(?:[A-Za-z0-9._+=~-]+@)?${HOST}$`),
  'a verified SES identity: a domain such as club.example or an address such as office@club.example',
);
const origin = text(
  new RegExp(`^(?:https://${HOST}|https?://(?:localhost|127\\.0\\.0\\.1))(?::\\d{1,5})?$`),
  'an origin such as https://app.club.example (http only for localhost), without a path and without /',
);
const issuer = text(/^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, 'the https:// address in the "iss" of the tokens');
const audience = text(/^\S+$/, 'the "aud" or "client_id" of the tokens, without spaces');
const mailbox = text(new RegExp(`^[A-Za-z0-9._+=~-]+@${HOST}$`), 'one email address such as office@club.example');
const certificate = text(
  /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
  "the ARN of a certificate of AWS Certificate Manager in the stack's region, for apiDomainName",
);
const stackName = text(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'letters, digits and hyphens, a letter first, at most 128');
const clickedLinks = word(['short', 'full'], '"short" or "full"');
// Without RetentionDays.INFINITE, a number too: logs that are kept forever are what this setting is to prevent.
const LOG_DAYS = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < 9999) as number[];
const logDays = oneOf(LOG_DAYS, `a number of days that CloudWatch takes: ${LOG_DAYS.join(', ')}`);

/**
 * Reads the settings out of all the context of an app.
 *
 * @throws SettingsError naming every value that is not usable, and every name that is none of these settings
 */
export const readSettings = (context: Readonly<Record<string, unknown>>): Settings => {
  const problems: string[] = [];
  const known = new Set<string>();
  const read = <T, F>(name: string, parse: Parser<T>, fallback: F): T | F => {
    known.add(name);
    const given = context[name];
    if (!isGiven(given)) return fallback;
    const parsed = parse(given);
    if ('value' in parsed) return parsed.value;
    problems.push(`${name} is ${JSON.stringify(given)}: it must be ${parsed.must}.`);
    return fallback;
  };

  const jwtIssuer = read('jwtIssuer', issuer, undefined);
  // API Gateway takes at most 50 audiences an authorizer.
  const jwtAudience = read('jwtAudience', listOf(audience, 50), []);
  if (isGiven(context.jwtIssuer) !== isGiven(context.jwtAudience)) {
    problems.push('jwtIssuer and jwtAudience go together: give both for tokens, or neither for IAM.');
  }
  const domainName = read('apiDomainName', host, undefined);
  const certificateArn = read('apiCertificateArn', certificate, undefined);
  if (isGiven(context.apiDomainName) !== isGiven(context.apiCertificateArn)) {
    problems.push('apiDomainName and apiCertificateArn go together: give both, or neither.');
  }
  const sendRate = read('sendRate', wholeNumber(1, 10_000, 'emails a second'), 75);
  const settings: Settings = {
    stackName: read('stackName', stackName, 'Mailtrail'),
    requireTls: read('requireTls', flag, false),
    trackingDomain: read('trackingDomain', host, undefined),
    legacyIdentities: read('legacyIdentities', listOf(identity, 100), []),
    trial: read('trial', flag, false),
    jwt: jwtIssuer === undefined ? undefined : { issuer: jwtIssuer, audiences: jwtAudience },
    corsOrigins: read('corsOrigins', listOf(origin, 100), []),
    // Lambda's least for a function behind a queue is 5.
    maxConcurrency: read('maxConcurrency', wholeNumber(5, 1000, 'executions of each function at once'), undefined),
    sendRate,
    // Lambda's least for what a queue may take is 2.
    sendConcurrency: read('sendConcurrency', wholeNumber(2, 1000, 'workers that send at once'), sendWorkers(sendRate)),
    messageQuota: read('messageQuota', wholeNumber(0, 90, 'percent'), 5),
    softBounces: {
      bounces: read('softBounces', wholeNumber(0, 50, 'bounces'), 3),
      hours: read('softBounceHours', wholeNumber(0, 720, 'hours'), 72),
      days: read('softBounceDays', wholeNumber(1, 365, 'days'), 30),
    },
    clickedLinks: read('clickedLinks', clickedLinks, 'short'),
    retentionDays: read('retentionDays', wholeNumber(1, 3650, 'days'), 400),
    logRetentionDays: read('logRetentionDays', logDays, RetentionDays.ONE_MONTH),
    throttle: {
      rate: read('throttleRate', wholeNumber(1, 10_000, 'requests a second'), 50),
      burst: read('throttleBurst', wholeNumber(1, 5_000, 'requests at once'), 100),
    },
    apiDomain: domainName !== undefined && certificateArn !== undefined ? { domainName, certificateArn } : undefined,
    alarmEmail: read('alarmEmail', mailbox, undefined),
    statusEvents: read('statusEvents', flag, false),
  };
  // CDK's own context names hold a colon, a slash or a hyphen. A plain word is meant for this stack, and a misspelt
  // "requireTls" must not deploy without TLS.
  for (const name of Object.keys(context)) {
    if (/^\w+$/.test(name) && !known.has(name)) {
      problems.push(`${name} is no setting of Mailtrail's. There are: ${[...known].sort().join(', ')}.`);
    }
  }
  if (problems.length > 0) throw new SettingsError(['Mailtrail cannot use this context:', ...problems].join('\n- '));
  return settings;
};

/** `-c trackingDomain=` is how a value in cdk.json is taken back. */
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
