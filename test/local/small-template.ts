// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders have this form.
import type { Template } from '../../local/template/template.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const path = (name: string) => ({ 'aws:cdk:path': `Small/${name}/Resource` });

/**
 * One of everything the local stack connects, as CDK writes it: a table, SES events by topic and queue to a function,
 * an API with a function. `change` edits a copy of it before it is returned.
 *
 * @param bundle object key of both functions' bundle
 */
export const smallTemplate = (bundle: string, change: (resources: Mutable) => void = () => {}): Template => {
  const template: { Resources: Mutable } = {
    Resources: {
      Rows1234ABCD: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Metadata: path('Rows/Table'),
        Properties: {
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            { AttributeName: 'day', AttributeType: 'S' },
            { AttributeName: 'shard', AttributeType: 'N' },
          ],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byDay',
              KeySchema: [
                { AttributeName: 'day', KeyType: 'HASH' },
                { AttributeName: 'shard', KeyType: 'HASH' },
                { AttributeName: 'id', KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
          TimeToLiveSpecification: { AttributeName: 'deleteAfter', Enabled: true },
        },
      },
      Topic1: { Type: 'AWS::SNS::Topic', Metadata: path('Bounce/Topic') },
      Queue1: {
        Type: 'AWS::SQS::Queue',
        Metadata: path('Bounce/Queue'),
        Properties: {
          RedrivePolicy: { deadLetterTargetArn: arn('Failed1'), maxReceiveCount: 3 },
          VisibilityTimeout: 180,
        },
      },
      Failed1: { Type: 'AWS::SQS::Queue', Metadata: path('Bounce/Failed') },
      Undelivered1: { Type: 'AWS::SQS::Queue', Metadata: path('Bounce/Undelivered') },
      Subscription1: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          Protocol: 'sqs',
          TopicArn: { Ref: 'Topic1' },
          Endpoint: arn('Queue1'),
          RawMessageDelivery: true,
          RedrivePolicy: { deadLetterTargetArn: arn('Undelivered1') },
        },
      },
      Record1: {
        Type: 'AWS::Lambda::Function',
        Metadata: path('RecordBounce/Function'),
        Properties: {
          Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: bundle },
          Environment: { Variables: { TABLE: { Ref: 'Rows1234ABCD' }, QUEUE: { 'Fn::Sub': '${Queue1.QueueName}!' } } },
          Handler: 'index.record',
          MemorySize: 256,
          Runtime: 'nodejs24.x',
          Timeout: 30,
        },
      },
      Mapping1: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          BatchSize: 100,
          EventSourceArn: arn('Queue1'),
          FunctionName: { Ref: 'Record1' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          MaximumBatchingWindowInSeconds: 1,
          ScalingConfig: { MaximumConcurrency: 7 },
        },
      },
      Set1: { Type: 'AWS::SES::ConfigurationSet', Metadata: path('ConfigurationSet') },
      Destination1: {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: { Ref: 'Set1' },
          EventDestination: {
            Enabled: true,
            MatchingEventTypes: ['bounce', 'renderingFailure'],
            SnsDestination: { TopicARN: { Ref: 'Topic1' } },
          },
        },
      },
      Query1: {
        Type: 'AWS::Lambda::Function',
        Metadata: path('QueryStatus/Function'),
        Properties: { Code: { S3Key: bundle }, Handler: 'index.query', Runtime: 'nodejs24.x' },
      },
      Api1: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Small', ProtocolType: 'HTTP' } },
      Stage1: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'Api1' }, StageName: '$default', AutoDeploy: true },
      },
      Integration1: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api1' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: arn('Query1'),
          PayloadFormatVersion: '2.0',
        },
      },
      Route1: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api1' },
          AuthorizationType: 'AWS_IAM',
          RouteKey: 'GET /v1/messages/{messageId}',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration1' }]] },
        },
      },
    },
  };
  change(template.Resources);
  return template;
};

// biome-ignore lint/suspicious/noExplicitAny: a template is edited at any depth.
type Mutable = Record<string, any>;
