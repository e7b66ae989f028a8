import type { Settings } from './settings.ts';

/** What can be chosen of Mailtrail. Everything has a default; docs/deploying.md, "Settings", explains each. */
export type MailtrailProps = Readonly<Partial<Omit<Settings, 'stackName'>>>;

/** Properties as the context values of the same meaning, so that both are checked by the same rules. */
export const contextOf = ({
  jwt,
  apiDomain,
  softBounces,
  throttle,
  ...plain
}: MailtrailProps): Readonly<Record<string, unknown>> => ({
  ...plain,
  ...(jwt && { jwtIssuer: jwt.issuer, jwtAudience: jwt.audiences }),
  ...(apiDomain && { apiDomainName: apiDomain.domainName, apiCertificateArn: apiDomain.certificateArn }),
  ...(softBounces && {
    softBounces: softBounces.bounces,
    softBounceHours: softBounces.hours,
    softBounceDays: softBounces.days,
  }),
  ...(throttle && { throttleRate: throttle.rate, throttleBurst: throttle.burst }),
});
