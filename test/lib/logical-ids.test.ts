import { describe, expect, it } from 'vitest';
import pinned from './logical-ids.json' with { type: 'json' };
import { type Json, type Synthesized, synthesize } from './synthesized.ts';

/**
 * What holds data, or is known outside the stack by its address, with the properties whose change makes CloudFormation
 * replace it ("Update requires: Replacement" in the CloudFormation template reference). A new logical id replaces it too:
 * a table starts empty, links in sent emails die, an API gets another address, what waits in a queue stays behind.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::DomainName': ['DomainName'],
  'AWS::ApiGatewayV2::Stage': ['StageName'],
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::Scheduler::ScheduleGroup': ['Name'],
  'AWS::SecretsManager::Secret': ['Name'],
};

const keptOf = (stack: Synthesized): Json =>
  Object.fromEntries(
    Object.entries(stack.resources)
      .filter(([, { Type }]) => Type in KEPT)
      .map(([id, { Type, Properties }]) => {
        const fixed = KEPT[Type]?.filter((name) => Properties?.[name] !== undefined) ?? [];
        const indexes = Properties?.GlobalSecondaryIndexes?.map((index: Json) => [
          index.IndexName,
          { KeySchema: index.KeySchema, Projection: index.Projection },
        ]);
        return [
          id,
          {
            Type,
            ...Object.fromEntries(fixed.map((name) => [name, Properties[name]])),
            ...(indexes && { GlobalSecondaryIndexes: Object.fromEntries(indexes) }),
          },
        ];
      }),
  );

describe('what must not be replaced by an upgrade', () => {
  // A difference here is a difference in every deployed stack: docs/deploying.md, "Upgrading", says what to do about it.
  it('has the logical ids, keys and names written down in logical-ids.json', () => {
    const everything = {
      statusEvents: true,
      legacyIdentities: 'club.example',
      corsOrigins: 'https://app.club.example',
    };

    expect(keptOf(synthesize(everything))).toEqual(pinned);
  });

  it.each([
    ['none', {}],
    ['a trial', { trial: true }],
    ['tokens', { jwtIssuer: 'https://issuer.example', jwtAudience: 'mailtrail' }],
    ['another rate and cap', { sendRate: 500, maxConcurrency: 50 }],
    ['another stack name', { stackName: 'MailtrailTwo' }],
  ])('has the same ones with other settings: %s', (_name, context) => {
    const optional = ['AWS::Events::EventBus'];
    const wanted = Object.entries(pinned).filter(
      ([id, { Type }]) => !optional.includes(Type) && !/^StatusEvents/.test(id),
    );

    expect(keptOf(synthesize(context))).toEqual(Object.fromEntries(wanted));
  });
});
