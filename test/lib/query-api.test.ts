import { Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import contract from '../../lambdas/http/openapi.json' with { type: 'json' };
import { READ_AFTER } from '../../lambdas/public-links/track-read/handler.ts';
import { contractRoutes, publicRoutes } from '../../lib/query-api/contract-routes.ts';
import { QueryApi } from '../../lib/query-api/http-api.ts';
import { readSettings } from '../../lib/settings/settings.ts';
import { idOf, type Json, plain, render, type Synthesized, synthesize } from './synthesized.ts';

const iam = synthesize();
const jwt = synthesize({ jwtIssuer: 'https://id.club.example/', jwtAudience: 'front-end, office', corsOrigins: [] });
const cors = synthesize({
  jwtIssuer: 'https://id.club.example/',
  jwtAudience: ['front-end'],
  corsOrigins: 'https://app.club.example,http://localhost:5173',
});

const routesOf = (stack: Synthesized): Json[] =>
  stack.all('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
const the = (stack: Synthesized, type: string): Json => {
  const [[, only], ...others] = stack.all(type) as [[string, Json], ...unknown[]];
  expect(others).toEqual([]);
  return only.Properties;
};
const keysOf = (stack: Synthesized): string[] => routesOf(stack).map(({ RouteKey }) => RouteKey);

const pascal = (folder: string) => folder.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
const ALL = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Json>).flatMap(([method, operation]) =>
    /^(get|put|post|delete|patch|head|options)$/.test(method)
      ? [
          {
            // Links may have something added behind their token: their routes are greedy.
            key: `${method.toUpperCase()} ${operation.security.length === 0 ? path.replace('}', '+}') : path}`,
            scope: `mailtrail/${operation['x-mailtrail-scope']}`,
            answers: `${pascal(operation['x-mailtrail-function'] ?? 'query-status')}Function`,
            isPublic: operation.security.length === 0,
          },
        ]
      : [],
  ),
);
const CONTRACT = ALL.filter(({ isPublic }) => !isPublic);
const PUBLIC = ALL.filter(({ isPublic }) => isPublic);
const OPEN = ['GET /u/{token+}', 'HEAD /u/{token+}', 'POST /u/{token+}', 'GET /r/{token+}', 'HEAD /r/{token+}'];

describe('the routes', () => {
  it('are those of the contract and one for everything else', () => {
    expect(keysOf(iam).sort()).toEqual(['$default', ...ALL.map(({ key }) => key)].sort());
  });

  // Synthesis takes any path; API Gateway refuses at deployment what is not so.
  it('have path parts that an HTTP API takes', () => {
    for (const { key } of ALL) {
      expect(key).toMatch(/^[A-Z]+ (\/([a-zA-Z0-9._-]+|\{[a-zA-Z0-9]+\+?\}))+$/);
    }
  });

  it.each([
    ['IAM', iam],
    ['JWT', jwt],
    ['JWT and CORS', cors],
  ])('with %s are all closed but those of links in emails', (_, stack) => {
    expect(PUBLIC.map(({ key }) => key).sort()).toEqual([...OPEN].sort());
    for (const { RouteKey, AuthorizationType, AuthorizationScopes } of routesOf(stack)) {
      if (OPEN.includes(RouteKey)) {
        expect([RouteKey, AuthorizationType, AuthorizationScopes]).toEqual([RouteKey, 'NONE', undefined]);
        continue;
      }
      expect([RouteKey, AuthorizationType]).toEqual([RouteKey, stack === iam ? 'AWS_IAM' : 'JWT']);
      // A token without required scopes would do, an ID token too.
      if (stack !== iam) expect(AuthorizationScopes.length).toBeGreaterThan(0);
    }
  });

  it('lead to the query function, but for those that the contract gives to another', () => {
    const functions = Object.fromEntries(
      routesOf(iam).map(({ RouteKey, Target }) => {
        const [, integration] = Target['Fn::Join'][1];
        const { Properties } = iam.at(integration);
        expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
        return [RouteKey, plain(idOf(Properties.IntegrationUri)).replace(/^(QueryFunctions|Erasure|PublicLinks)/, '')];
      }),
    );

    expect(functions).toEqual({
      $default: 'QueryStatusFunction',
      ...Object.fromEntries(ALL.map(({ key, answers }) => [key, answers])),
    });
    expect(functions['DELETE /v1/recipients/{email}']).toBe('EraseRecipientFunction');
    expect(functions['POST /u/{token+}']).toBe('UnsubscribeRecipientFunction');
    expect(functions['GET /r/{token+}']).toBe('TrackReadFunction');
  });

  it('cannot be given to a function that the API does not have', () => {
    const stack = new Stack();
    const handler = LambdaFunction.fromFunctionArn(
      stack,
      'Handler',
      'arn:aws:lambda:eu-west-1:123456789012:function:x',
    );
    const settings = readSettings({});

    const others = { 'accept-mail': handler, 'explain-statuses': handler };
    const rest = { others, publicThrottles: {}, logRetention: RetentionDays.ONE_DAY };
    expect(() => new QueryApi(stack, 'Api', { ...settings, ...rest, handler })).toThrow(
      'DELETE /v1/recipients/{email} is for erase-recipient, which the API was not given',
    );
  });

  it.each([
    ['default', iam],
    ['CORS', cors],
  ])('may each invoke their function, and no other API may: %s', (_, stack) => {
    const permissions = stack
      .all('AWS::Lambda::Permission')
      .map(([, { Properties }]) => Properties)
      .filter(({ Principal }) => Principal !== 'events.amazonaws.com');
    const sources = permissions.map(({ SourceArn }) => render(SourceArn));

    for (const { Action, Principal, FunctionName } of permissions) {
      expect([Action, Principal, plain(idOf(FunctionName))]).toEqual([
        'lambda:InvokeFunction',
        'apigateway.amazonaws.com',
        expect.stringMatching(
          /(QueryStatus|EraseRecipient|AcceptMail|ExplainStatuses|UnsubscribeRecipient|TrackRead)Function$/,
        ),
      ]);
    }
    const api = 'arn:{AWS::Partition}:execute-api:{AWS::Region}:{AWS::AccountId}:{QueryApi}';
    for (const source of sources) expect(source.startsWith(`${api}/`)).toBe(true);
    // A call by `$default` comes as .../STAGE/$default, so `*/*/*` would not let it in.
    for (const key of keysOf(stack))
      expect(sources).toContain(`${api}/*/*${key === '$default' ? '' : key.split(' ')[1]}`);
  });
});

describe('a token', () => {
  it('is checked for its issuer and for every audience named', () => {
    const authorizer = the(jwt, 'AWS::ApiGatewayV2::Authorizer');

    expect(authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://id.club.example/', Audience: ['front-end', 'office'] },
    });
    expect(() => iam.all('AWS::ApiGatewayV2::Authorizer')).toThrow();
  });

  it('needs the scope the contract names, and any of them for what is no route', () => {
    const scopes = Object.fromEntries(
      routesOf(jwt)
        .filter(({ RouteKey }) => !OPEN.includes(RouteKey))
        .map(({ RouteKey, AuthorizationScopes }) => [RouteKey, AuthorizationScopes]),
    );

    expect(scopes).toEqual({
      ...Object.fromEntries(CONTRACT.map(({ key, scope }) => [key, [scope]])),
      $default: ['mailtrail/read', 'mailtrail/write', 'mailtrail/approve'],
    });
    for (const [key, [scope]] of Object.entries<Json>(scopes)) {
      if (key.startsWith('PUT') || key.startsWith('DELETE')) expect([key, scope]).toEqual([key, 'mailtrail/write']);
    }
  });

  it('cannot be forgotten: an operation without a scope stops synthesis', () => {
    expect(() => contractRoutes({ '/v1/open': { get: {} } })).toThrow('GET /v1/open needs "x-mailtrail-scope"');
    expect(() => publicRoutes({ '/open': { get: { security: [] } } })).toThrow('GET /open is public and needs');
    expect(() => contractRoutes({ '/v1/open': { put: { 'x-mailtrail-scope': 'admin' } } })).toThrow('admin');
  });
});

describe('CORS', () => {
  it('is off by default', () => {
    expect(the(iam, 'AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
    expect(the(jwt, 'AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
  });

  it('lets exactly the origins named in, with what a call needs', () => {
    const { CorsConfiguration } = the(cors, 'AWS::ApiGatewayV2::Api');

    expect(CorsConfiguration.AllowOrigins).toEqual(['https://app.club.example', 'http://localhost:5173']);
    expect(CorsConfiguration.AllowHeaders).toEqual(expect.arrayContaining(['authorization', 'content-type']));
    expect(CorsConfiguration.AllowMethods.sort()).toEqual(
      [...new Set(CONTRACT.map(({ key }) => key.split(' ')[0]))].sort(),
    );
    expect(CorsConfiguration.ExposeHeaders).toEqual(['x-request-id', 'x-next-cursor']);
    expect(CorsConfiguration).not.toHaveProperty('AllowCredentials');
  });

  it('leaves preflights to API Gateway: no route takes OPTIONS', () => {
    const catchAll = keysOf(cors).filter((key) => !ALL.some((route) => route.key === key));

    expect(catchAll.sort()).toEqual(
      ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'].map((method) => `${method} /{proxy+}`),
    );
  });
});

describe('the stage', () => {
  const stage = the(iam, 'AWS::ApiGatewayV2::Stage');

  it('logs each request by route, and nothing an address could be in', () => {
    const format = JSON.parse(stage.AccessLogSettings.Format);

    expect(Object.values(format)).toEqual(
      expect.arrayContaining([
        '$context.requestId',
        '$context.routeKey',
        '$context.status',
        '$context.responseLatency',
        '$context.integrationErrorMessage',
      ]),
    );
    expect(JSON.stringify(format)).not.toMatch(
      /path|identity|resourcePath|query|sourceIp|userAgent|claims|principal|domain/i,
    );
    expect(iam.at(stage.AccessLogSettings.DestinationArn).Type).toBe('AWS::Logs::LogGroup');
  });

  it('is throttled, as told', () => {
    const told = the(synthesize({ throttleRate: '7', throttleBurst: 9 }), 'AWS::ApiGatewayV2::Stage');

    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(told.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 });
  });

  it('has throttles of their own for the public routes, which are there before it', () => {
    const [[, { DependsOn = [] }] = ['', {}]] = iam.all('AWS::ApiGatewayV2::Stage') as [string, Json][];
    const routes = DependsOn.map((id: string) => iam.resources[id]).filter(
      (one: Json) => one?.Type === 'AWS::ApiGatewayV2::Route',
    );

    expect(Object.keys(stage.RouteSettings).sort()).toEqual([...OPEN].sort());
    expect(routes.map((route: Json) => route.Properties.RouteKey).sort()).toEqual([...OPEN].sort());
  });

  it('lets a flood of the public routes take less than a third of an account’s 1,000 executions', () => {
    /** Seconds that an answer takes. */
    const taken = (route: string) => (route === 'GET /r/{token+}' ? READ_AFTER / 1_000 : 0.5);
    const executions = Object.entries<Json>(stage.RouteSettings).map(
      ([route, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]) => [route, burst + rate * taken(route)],
    );

    expect(Object.fromEntries(executions)['GET /r/{token+}']).toBe(130);
    expect(executions.reduce((sum, [, most]) => sum + Number(most), 0)).toBeLessThan(333);
  });
});
