import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailtrail, SettingsError } from '../../lib/index.ts';
import { type Json, synthesize } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailtrail-construct-'));
let apps = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stack of an app that has no context of ours, and no feature flags but CDK's defaults. */
const inAnotherApp = () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, outdir: join(folder, `${apps++}`) });
  return new Stack(app, 'Club');
};
const template = (stack: Stack): Json => Template.fromStack(stack).toJSON();

describe('the construct in an app of a club’s own', () => {
  let own: Json;
  beforeAll(() => {
    const stack = inAnotherApp();
    new Mailtrail(stack, 'Mailtrail', { alarmEmail: 'office@club.example' });
    own = template(stack);
  });

  it('makes the resources that the stack makes, whatever feature flags the app has', () => {
    const countOf = (resources: Json) =>
      Object.fromEntries(
        [...Map.groupBy(Object.values<Json>(resources), ({ Type }) => Type)].map(([type, all]) => [type, all.length]),
      );
    const ours = synthesize({ alarmEmail: 'office@club.example' }).template.toJSON();

    expect(countOf(own.Resources)).toEqual(countOf(ours.Resources));
  });

  it('prints nothing of its own, and reads no context of the app', () => {
    expect(own).not.toHaveProperty('Outputs');
    const stack = inAnotherApp();
    stack.node.setContext('trial', 'maybe');

    expect(() => new Mailtrail(stack, 'Mailtrail')).not.toThrow();
  });

  it('checks its properties by the rules of the settings', () => {
    const stack = inAnotherApp();

    expect(() => new Mailtrail(stack, 'One', { sendRate: 0 })).toThrow(SettingsError);
    expect(() => new Mailtrail(stack, 'Two', { softBounces: { bounces: 99, hours: 1, days: 1 } })).toThrow(
      'softBounces is 99: it must be a whole number of bounces from 0 to 50.',
    );
  });

  it('takes every setting as a property', () => {
    const stack = inAnotherApp();
    const mailtrail = new Mailtrail(stack, 'Mailtrail', {
      ...{ trial: true, requireTls: true, statusEvents: true, sendRate: 500, legacyIdentities: ['club.example'] },
      jwt: { issuer: 'https://issuer.example', audiences: ['mailtrail'] },
      throttle: { rate: 7, burst: 9 },
      softBounces: { bounces: 4, hours: 24, days: 7 },
    });
    const found = Template.fromStack(stack);

    expect(mailtrail.eventBus).toBeDefined();
    expect(Object.keys(mailtrail.legacyTopics)).toEqual(['Delivery', 'Bounce', 'Complaint']);
    found.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
    found.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 },
    });
    found.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SOFT_BOUNCES: '4', SOFT_BOUNCE_HOURS: '24', SOFT_BOUNCE_DAYS: '7' } },
    });
    found.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { AuthorizerType: 'JWT' });
  });

  it.each([
    ['grantRead', ['GET/v1/messages/*', 'POST/v1/suppressions/check'], ['POST/v1/messages', 'PUT/v1/suppressions/*']],
    ['grantSend', ['POST/v1/messages', 'POST/v1/campaigns', 'GET/v1/messages/*'], ['DELETE/v1/recipients/*']],
    ['grantApprove', ['POST/v1/campaigns/*/approve'], ['POST/v1/campaigns', 'GET/v1/messages/*']],
    ['grantManage', ['PUT/v1/suppressions/*', 'DELETE/v1/recipients/*'], ['POST/v1/messages', 'GET/v1/messages/*']],
  ] as const)('%s allows its routes and no others', (grant, allowed, denied) => {
    const stack = inAnotherApp();
    const role = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    new Mailtrail(stack, 'Mailtrail')[grant](role);
    const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }] },
    });
    const routes = Object.values<Json>(policies)
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action, Resource }) => (Action === 'execute-api:Invoke' ? [Resource].flat() : []))
      .map((arn: Json) => String(arn['Fn::Join'][1].at(-1)).replace('/$default/', ''));

    expect(routes).toEqual(expect.arrayContaining([...allowed]));
    for (const route of denied) expect(routes).not.toContain(route);
  });
});

describe('the stack', () => {
  const dependencies = (id: string, resources: Json): readonly string[] => resources[id].DependsOn ?? [];

  it('creates event destinations one after the other, since SES takes one such call a second', () => {
    const { resources } = synthesize();
    const ids = Object.keys(resources).filter(
      (id) => resources[id]?.Type === 'AWS::SES::ConfigurationSetEventDestination',
    );
    const before = ids.map((id) => dependencies(id, resources).filter((other) => ids.includes(other)));

    expect(ids).toHaveLength(7);
    expect(before.filter((some) => some.length === 0)).toHaveLength(1);
    expect(new Set(before.flat()).size).toBe(6);
  });

  it.each([
    [{}, 'Retain'],
    [{ trial: true }, 'Delete'],
  ])('with %j has a link secret that its deletion would %s', (context, policy) => {
    const [[, secret]] = synthesize(context).all('AWS::SecretsManager::Secret') as [[string, Json]];

    expect([secret.DeletionPolicy, secret.UpdateReplacePolicy]).toEqual([policy, policy]);
  });

  it('leads links and the API to a domain name of the club’s own, where it has one', () => {
    const stack = synthesize({
      apiDomainName: 'mail.club.example',
      apiCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
    });
    const [[id, domain]] = stack.all('AWS::ApiGatewayV2::DomainName') as [[string, Json]];
    const senders = stack
      .all('AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Environment.Variables.PUBLIC_URL)
      .filter(Boolean);

    expect(domain.Properties).toMatchObject({
      DomainName: 'mail.club.example',
      DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
    });
    expect(senders).toEqual(['https://mail.club.example', 'https://mail.club.example']);
    expect(stack.template.findOutputs('ApiUrl').ApiUrl?.Value).toBe('https://mail.club.example');
    expect(stack.template.findOutputs('ApiDomainTarget').ApiDomainTarget?.Value).toEqual({
      'Fn::GetAtt': [id, 'RegionalDomainName'],
    });
    expect(stack.all('AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
  });
});
