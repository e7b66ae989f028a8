import { FUNCTION_FOLDERS, type FunctionName } from '../../lib/constructs/function-folders.ts';

/** What of a synthesized template says how its parts are connected: for each function what invokes it and what it uses. */

// biome-ignore lint/suspicious/noExplicitAny: a template is any JSON, and is read here by what CloudFormation makes of it.
type Json = any;

/** The resources of a template by logical id. */
export type Resources = Readonly<Record<string, Readonly<{ Type: string; Properties: Json }>>>;

export type Capability = (typeof FUNCTION_FOLDERS)[FunctionName] extends `${infer Folder}/${string}` ? Folder : never;

/** A function with all that leads to it and from it. Names are logical ids as `lib` gives them, without CDK's hash. */
export type WiredFunction = Readonly<{
  name: string;
  capability: Capability;
  /** The event topic of SES that its queue subscribes to, and the events that it carries. */
  topic?: Readonly<{ name: string; events: readonly string[] }>;
  queue?: string;
  /** Functions, or EventBridge Scheduler, that send to its queue. */
  senders: readonly string[];
  streams: readonly string[];
  routes: readonly string[];
  /** EventBridge schedule expressions. */
  schedules: readonly string[];
  writes: readonly string[];
  reads: readonly string[];
  sendsTo: readonly string[];
  /** Actions on other services, such as `ses:SendEmail`. */
  calls: readonly string[];
}>;

/** All functions of a template, in its order. */
export const wiredFunctions = (resources: Resources): readonly WiredFunction[] =>
  idsOf(resources, 'AWS::Lambda::Function').map((id) => wired(resources, id));

const wired = (resources: Resources, id: string): WiredFunction => {
  const { Role, Environment } = at(resources, id);
  const mappings = all(resources, 'AWS::Lambda::EventSourceMapping').filter(({ FunctionName }) =>
    isAt(FunctionName, id),
  );
  const sources = mappings.map(({ EventSourceArn }) => idOf(EventSourceArn));
  const queue = sources.find((source) => resources[source]?.Type === 'AWS::SQS::Queue');
  const topic = queue && topicOf(resources, queue);
  const allowed = statementsOf(resources, idOf(Role));
  const tables = (verbs: RegExp) => targetsOf(resources, allowed, verbs, 'AWS::DynamoDB::GlobalTable').map(tableName);
  const writes = tables(/^dynamodb:(Put|Update|Delete)/);
  const isFailures = failureQueues(resources);
  return {
    name: kebab(plain(id).replace(/Function$/, '')),
    capability: FUNCTION_FOLDERS[Environment.Variables.POWERTOOLS_SERVICE_NAME as FunctionName].split(
      '/',
    )[0] as Capability,
    ...(topic && { topic }),
    ...(queue && { queue: queueName(queue) }),
    senders:
      queue === undefined
        ? []
        : sendersTo(resources, queue)
            .filter((name) => name !== id)
            .map(senderName),
    streams: sources.filter((source) => source !== queue).map(tableName),
    routes: routesTo(resources, id),
    schedules: all(resources, 'AWS::Events::Rule')
      .filter(({ Targets }) => Targets.some(({ Arn }: Json) => isAt(Arn, id)))
      .map(({ ScheduleExpression }) => ScheduleExpression),
    writes,
    reads: tables(/^dynamodb:(GetItem|BatchGetItem|Query|Scan)$/).filter((table) => !writes.includes(table)),
    sendsTo: targetsOf(resources, allowed, /^sqs:SendMessage$/, 'AWS::SQS::Queue')
      .filter((target) => target !== queue && !isFailures.has(target))
      .map(queueName),
    calls: [...new Set(allowed.flatMap(({ Action }) => listOf(Action)))].filter((action: string) =>
      /^(ses|events|scheduler):/.test(action),
    ) as readonly string[],
  };
};

const topicOf = (resources: Resources, queue: string): WiredFunction['topic'] => {
  const subscription = all(resources, 'AWS::SNS::Subscription').find(({ Endpoint }) => isAt(Endpoint, queue));
  if (subscription === undefined) return undefined;
  const topic = idOf(subscription.TopicArn);
  const events = all(resources, 'AWS::SES::ConfigurationSetEventDestination')
    .filter(({ EventDestination }) => isAt(EventDestination.SnsDestination?.TopicARN, topic))
    .flatMap(({ EventDestination }) => EventDestination.MatchingEventTypes as readonly string[]);
  return { name: plain(topic).replace(/Topic$/, ''), events };
};

const routesTo = (resources: Resources, id: string): readonly string[] => {
  const integrations = idsOf(resources, 'AWS::ApiGatewayV2::Integration').filter((integration) =>
    isAt(at(resources, integration).IntegrationUri, id),
  );
  return all(resources, 'AWS::ApiGatewayV2::Route')
    .filter(({ Target }) => integrations.includes(idOf(Target['Fn::Join'][1][1])))
    .map(({ RouteKey }) => RouteKey as string)
    .filter((route) => route !== '$default');
};

/** The functions, and roles that are no function's, which may send to a queue. */
const sendersTo = (resources: Resources, queue: string): readonly string[] =>
  idsOf(resources, 'AWS::IAM::Role')
    .filter((role) =>
      targetsOf(resources, statementsOf(resources, role), /^sqs:SendMessage$/, 'AWS::SQS::Queue').includes(queue),
    )
    .map((role) => idsOf(resources, 'AWS::Lambda::Function').find((id) => isAt(at(resources, id).Role, role)) ?? role);

const senderName = (id: string): string =>
  id.includes('SchedulerRole') ? 'EventBridge Scheduler' : kebab(plain(id).replace(/Function$/, ''));

const failureQueues = (resources: Resources): ReadonlySet<string> =>
  new Set([
    ...all(resources, 'AWS::SQS::Queue').map(({ RedrivePolicy }) => idOf(RedrivePolicy?.deadLetterTargetArn)),
    ...all(resources, 'AWS::Lambda::EventSourceMapping').map(({ DestinationConfig }) =>
      idOf(DestinationConfig?.OnFailure.Destination),
    ),
  ]);

const statementsOf = (resources: Resources, role: string): readonly Json[] =>
  all(resources, 'AWS::IAM::Policy')
    .filter(({ Roles }) => Roles.some((one: Json) => isAt(one, role)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** The resources of a type that statements allow actions on, in the template's order. */
const targetsOf = (
  resources: Resources,
  statements: readonly Json[],
  action: RegExp,
  type: string,
): readonly string[] => {
  const targets = statements
    .filter(({ Action }) => listOf(Action).some((one) => action.test(one)))
    .flatMap(({ Resource }) => listOf(Resource))
    // An index is meant by its table's ARN with something behind it.
    .map((resource) => idOf(resource['Fn::Join']?.[1][0] ?? resource));
  return idsOf(resources, type).filter((id) => targets.includes(id));
};

export const idsOf = (resources: Resources, type: string): readonly string[] =>
  Object.keys(resources).filter((id) => resources[id]?.Type === type);

const all = (resources: Resources, type: string): readonly Json[] =>
  idsOf(resources, type).map((id) => at(resources, id));
const at = (resources: Resources, id: string): Json => resources[id]?.Properties;
const idOf = (reference: Json): string => reference?.Ref ?? reference?.['Fn::GetAtt']?.[0] ?? '';
const isAt = (reference: Json, id: string): boolean => idOf(reference) === id;
const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
/** A logical id without CDK's eight hexadecimal digits, and without the capability that a topic, queue or function is in. */
export const plain = (id: string): string => id.replace(/[0-9A-F]{8}$/, '').replace(CAPABILITY, '');
const CAPABILITY =
  /^(?:Recording|CampaignCounts|QueryFunctions|Erasure|PublicLinks|SuppressionSync|SendingQueues|StatusEvents|AdvanceCampaigns|SendEmail)(?=[A-Z]\w+(?:Function|Topic|Queue|Failed|Undelivered)$)/;
export const tableName = (id: string): string => plain(id).replace(/Table$/, '');
const queueName = (id: string): string => plain(id).replace(/Queue$/, '');
const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
