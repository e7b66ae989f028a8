import type { NamedResource, Resources } from './resources.ts';

/** An HTTP API to serve. */
export type ApiBlueprint = Readonly<{
  name: string;
  routes: readonly RouteBlueprint[];
  cors: CorsBlueprint | undefined;
}>;

export type RouteBlueprint = Readonly<{
  /** `GET /v1/messages/{messageId}`, `ANY /a/{proxy+}` or `$default`. */
  key: string;
  /** ARN of the function that handles it. */
  function: string;
  /** The route's authorization when deployed: NONE, JWT or AWS_IAM. There is none here. */
  authorization: string;
}>;

export type CorsBlueprint = Readonly<{
  origins: readonly string[];
  methods: readonly string[];
  headers: readonly string[];
  exposedHeaders: readonly string[];
  /** Seconds; absent if the template has none. */
  maxAge: number | undefined;
  credentials: boolean;
}>;

/** A template's HTTP APIs that are deployed to their `$default` stage; URLs of other stages are not served here. */
export const readApis = (resources: Resources): readonly ApiBlueprint[] => {
  const staged = resources
    .of('AWS::ApiGatewayV2::Stage')
    .filter(({ properties }) => properties.at('StageName').text() === '$default')
    .map(({ properties }) => properties.at('ApiId').text());
  const integrations = resources.of('AWS::ApiGatewayV2::Integration');
  return resources
    .of('AWS::ApiGatewayV2::Api')
    .filter(({ ref }) => staged.includes(ref))
    .map((api) => ({
      name: api.name,
      routes: resources
        .of('AWS::ApiGatewayV2::Route')
        .filter(({ properties }) => properties.at('ApiId').text() === api.ref)
        .map((route) => readRoute(route, integrations, resources)),
      cors: readCors(api),
    }));
};

const readRoute = (
  { properties }: NamedResource,
  integrations: readonly NamedResource[],
  resources: Resources,
): RouteBlueprint => {
  const authorization = properties.at('AuthorizationType');
  const target = properties.at('Target');
  const integration = integrations.find(({ ref }) => target.text() === `integrations/${ref}`);
  if (!integration) throw target.broken(`is ${target.text()}, which is not an integration of the template`);
  return {
    key: properties.at('RouteKey').text(),
    function: integratedFunction(integration, resources),
    authorization: authorization.given ? authorization.text() : 'NONE',
  };
};

const integratedFunction = ({ properties }: NamedResource, resources: Resources): string => {
  const format = properties.at('PayloadFormatVersion');
  if (format.text() !== '2.0') throw format.broken(`is ${format.text()}: only 2.0 is supported here`);
  const uri = properties.at('IntegrationUri');
  // The function's ARN, or API Gateway's own around it: arn:aws:apigateway:...:lambda:path/.../ARN/invocations
  const arns = resources.of('AWS::Lambda::Function').map((lambda) => lambda.attribute('Arn'));
  const arn = arns.find((known) => uri.text() === known || uri.text().endsWith(`/${known}/invocations`));
  if (arn === undefined) throw uri.broken(`is ${uri.text()}, which is not a function of the template`);
  return arn;
};

const readCors = ({ properties }: NamedResource): CorsBlueprint | undefined => {
  const cors = properties.at('CorsConfiguration');
  if (!cors.given) return undefined;
  return {
    origins: cors.at('AllowOrigins').texts(),
    methods: cors.at('AllowMethods').texts(),
    headers: cors.at('AllowHeaders').texts(),
    exposedHeaders: cors.at('ExposeHeaders').texts(),
    maxAge: cors.at('MaxAge').given ? cors.at('MaxAge').number(0) : undefined,
    credentials: cors.at('AllowCredentials').flag(false),
  };
};
