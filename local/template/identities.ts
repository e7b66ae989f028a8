import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { Lookup } from './intrinsics.ts';
import type { ShortNames } from './short-names.ts';
import type { Template } from './template.ts';

/** The values of an existing resource: of `Ref` to it, and its attributes. */
type Identity = Readonly<{ ref: string } & Record<string, string>>;

const arn = (service: string, resource: string) => `arn:aws:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${resource}`;

// The CloudFormation guide documents the values of Ref and GetAtt on each type's page.
const IDENTITY: Readonly<Record<string, (name: string) => Identity>> = {
  'AWS::DynamoDB::GlobalTable': (name) => ({
    ref: name,
    Arn: arn('dynamodb', `table/${name}`),
    StreamArn: arn('dynamodb', `table/${name}/stream/local`),
  }),
  'AWS::SNS::Topic': (name) => ({ ref: arn('sns', name), TopicArn: arn('sns', name), TopicName: name }),
  'AWS::SQS::Queue': (name) => {
    const url = `https://sqs.${LOCAL_REGION}.amazonaws.com/${LOCAL_ACCOUNT}/${name}`;
    return { ref: url, QueueUrl: url, Arn: arn('sqs', name), QueueName: name };
  },
  'AWS::Lambda::Function': (name) => ({ ref: name, Arn: arn('lambda', `function:${name}`) }),
  'AWS::Scheduler::ScheduleGroup': (name) => ({ ref: name, Arn: arn('scheduler', `schedule-group/${name}`) }),
  'AWS::Events::Rule': (name) => ({ ref: name, Arn: arn('events', `rule/${name}`) }),
  // Secrets Manager appends six random characters to a secret's ARN.
  'AWS::SecretsManager::Secret': (name) => {
    const id = arn('secretsmanager', `secret:${name}-local0`);
    return { ref: id, Id: id };
  },
  'AWS::SES::ConfigurationSet': (name) => ({ ref: name }),
  'AWS::ApiGatewayV2::Api': (name) => ({
    ref: name,
    ApiId: name,
    ApiEndpoint: `https://${name}.execute-api.${LOCAL_REGION}.amazonaws.com`,
  }),
  'AWS::ApiGatewayV2::Integration': (name) => ({ ref: name }),
  'AWS::Logs::LogGroup': (name) => ({ ref: name, Arn: arn('logs', `log-group:${name}:*`) }),
  'AWS::Events::EventBus': (name) => ({ ref: name, Name: name, Arn: arn('events', `event-bus/${name}`) }),
  'AWS::IAM::Role': (name) => ({ ref: name, Arn: `arn:aws:iam::${LOCAL_ACCOUNT}:role/${name}` }),
};

/** The local values of the template's resources and parameters. */
export const identities = (template: Template, names: ShortNames): Lookup => {
  const identity = (logicalId: string): Identity | undefined => {
    const resource = Object.hasOwn(template.Resources, logicalId) ? template.Resources[logicalId] : undefined;
    return resource && IDENTITY[resource.Type]?.(names.get(logicalId) ?? logicalId);
  };
  return {
    ref: (name) => identity(name)?.ref ?? template.Parameters?.[name]?.Default,
    attribute: (logicalId, name) => identity(logicalId)?.[name],
  };
};
