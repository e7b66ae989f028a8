import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as http from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { Throttle } from '../public-links/public-links.ts';
import type { Settings } from '../settings/settings.ts';
import { apiAlarms } from './api-alarms.ts';
import { ApiDomain } from './api-domain.ts';
import { contractRoutes, publicRoutes, type Scope } from './contract-routes.ts';

export interface QueryApiProps extends Pick<Settings, 'corsOrigins' | 'jwt' | 'throttle' | 'apiDomain'> {
  /** Answers every route that the contract gives to no other function. */
  readonly handler: IFunction;
  /** The others by their names. */
  readonly others: Readonly<Record<string, IFunction>>;
  /** Of each public route, by its method and its path in the contract. */
  readonly publicThrottles: Readonly<Record<string, Throttle>>;
  readonly logRetention: RetentionDays;
}

/** What the access log tells of a request. Never the path, the query string or the caller: they hold addresses. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  error: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
};

const SCOPES = {
  read: 'mailtrail/read',
  write: 'mailtrail/write',
  approve: 'mailtrail/approve',
} as const satisfies Record<Scope, string>;

/**
 * The HTTP API: the contract's routes and a last one for everything else, nearly all answered by one function. All are closed
 * but those of links in emails.
 */
export class QueryApi extends Construct {
  /** Where the API answers, and where links in emails lead, without a slash at the end. */
  readonly url: string;
  readonly api: http.HttpApi;
  /** The club's own domain name for it, where there is one. */
  readonly domain: ApiDomain | undefined;
  /** Answers with 500 and above. */
  readonly serverErrors: Metric;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: QueryApiProps) {
    super(scope, id);
    const routes = contractRoutes();
    this.api = new http.HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      ...(props.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...props.corsOrigins],
          allowMethods: [...new Set(routes.map(({ method }) => http.CorsHttpMethod[method]))],
          // The others sign a request for IAM.
          allowHeaders: [
            ...['authorization', 'content-type', 'idempotency-key'],
            ...['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'],
          ],
          exposeHeaders: ['x-request-id', 'x-next-cursor'],
          maxAge: Duration.hours(1),
        },
      }),
    });
    const stage = this.stage(this.api, props);
    this.domain = props.apiDomain && new ApiDomain(this, 'Domain', { ...props.apiDomain, api: this.api, stage });
    this.url = this.domain?.url ?? this.api.apiEndpoint;
    this.serverErrors = this.api.metricServerError();
    this.alarms = apiAlarms(this.serverErrors);

    const { jwt } = props;
    const authorizer = jwt
      ? new HttpJwtAuthorizer('Jwt', jwt.issuer, { jwtAudience: [...jwt.audiences] })
      : new HttpIamAuthorizer();
    // With a permission for each route, as by default: the one for a whole API that CDK offers leaves `$default` out.
    const integration = new HttpLambdaIntegration('Handler', props.handler);
    const integrations = new Map(
      Object.entries(props.others).map(([name, fn]) => [name, new HttpLambdaIntegration(`Handler-${name}`, fn)]),
    );
    const integrationOf = (name: string | undefined, route: string) => {
      if (name === undefined) return integration;
      const other = integrations.get(name);
      if (other === undefined) throw new Error(`openapi.json: ${route} is for ${name}, which the API was not given`);
      return other;
    };
    const add = (routeKey: http.HttpRouteKey, scopes: readonly Scope[], to: HttpLambdaIntegration = integration) =>
      new http.HttpRoute(this, routeKey.key, {
        httpApi: this.api,
        routeKey,
        integration: to,
        authorizer,
        // IAM knows actions instead: a policy allows methods and paths of execute-api.
        ...(jwt && { authorizationScopes: scopes.map((scope) => SCOPES[scope]) }),
      });
    // First, because the integration becomes a child of the first route, and a contract that grows must not move it.
    for (const routeKey of catchAll(props.corsOrigins)) add(routeKey, ['read', 'write', 'approve']);
    for (const { method, path, scope, function: name } of routes) {
      const routeKey = http.HttpRouteKey.with(path, method);
      add(routeKey, [scope], integrationOf(name, routeKey.key));
    }
    this.open(stage, integrationOf, props.publicThrottles);
  }

  /** The public routes, each with a throttle of its own. */
  private open(
    stage: http.HttpStage,
    integrationOf: (name: string, route: string) => HttpLambdaIntegration,
    throttles: QueryApiProps['publicThrottles'],
  ): void {
    const settings = publicRoutes().map(({ method, path, function: name }) => {
      const named = `${method} ${path}`;
      // Greedy: mail programs add a slash to a link, and then it is no path of a plain parameter.
      const routeKey = http.HttpRouteKey.with(path.replace(/\}$/, '+}'), method);
      const integration = integrationOf(name, named);
      const route = new http.HttpRoute(this, named, { httpApi: this.api, routeKey, integration });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Whoever holds an email may follow its links, without signing in: each carries a signature of ours.',
      });
      // The stage's settings name the route, so it must be there first.
      stage.node.addDependency(route);
      const throttle = throttles[named];
      if (throttle === undefined) throw new Error(`${named} is public and has no throttle of its own`);
      return [routeKey.key, { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst }] as const;
    });
    (stage.node.defaultChild as http.CfnStage).routeSettings = Object.fromEntries(settings);
  }

  private stage(api: http.HttpApi, { throttle, logRetention }: QueryApiProps): http.HttpStage {
    const logGroup = new LogGroup(this, 'AccessLog', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    return new http.HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new http.LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }
}

/**
 * The routes of what no other route takes, so that the API answers 404 and 405 in its own words.
 *
 * With CORS, not `$default`: that would take preflights too and ask them for the authorization they never carry, and
 * the way around it is an open route (API Gateway guide, http-api-cors). Where no route takes OPTIONS, API Gateway
 * answers preflights itself.
 */
const catchAll = (corsOrigins: readonly string[]): readonly http.HttpRouteKey[] => {
  if (corsOrigins.length === 0) return [http.HttpRouteKey.DEFAULT];
  const { GET, HEAD, POST, PUT, PATCH, DELETE } = http.HttpMethod;
  return [GET, HEAD, POST, PUT, PATCH, DELETE].map((method) => http.HttpRouteKey.with('/{proxy+}', method));
};
