import { describe, expect, it } from 'vitest';
import { idOf, listOf, plain, render, synthesize } from './synthesized.ts';

// With all there can be.
const stack = synthesize({ statusEvents: true });

const OWN_LOG = (name: string) => [`logs:CreateLogStream {${name}Logs}`, `logs:PutLogEvents {${name}Logs}`];
const OWN_QUEUE = (name: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (verb) => `sqs:${verb} {${name}Queue}`,
  );
const RECORD = 'dynamodb:UpdateItem {EmailStatusTable}';
const WHO_WAS_ERASED = 'dynamodb:Query {ErasuresTable}';
const SUPPRESS = 'dynamodb:UpdateItem {SuppressionsTable}';
/** Lambda asks for it on all of a table's streams: each time a stream is turned on there is another. */
const LIST_STREAMS = (table: string) => `dynamodb:ListStreams {${table}}/stream/*`;

const SIGNED = 'secretsmanager:GetSecretValue {LinkSecret}';
const EMAILS_TO = 'dynamodb:Query {EmailStatusTable}/index/byRecipient';

/** Everything each function may do, and nothing else. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  RecordDelivery: [...OWN_LOG('RecordDelivery'), ...OWN_QUEUE('Delivery'), RECORD, WHO_WAS_ERASED],
  RecordBounce: [
    ...[...OWN_LOG('RecordBounce'), ...OWN_QUEUE('Bounce'), RECORD, WHO_WAS_ERASED, SUPPRESS],
    'dynamodb:Query {EmailStatusTable}/index/byRecipient',
    'dynamodb:BatchGetItem {EmailStatusTable}',
  ],
  RecordComplaint: [...OWN_LOG('RecordComplaint'), ...OWN_QUEUE('Complaint'), RECORD, WHO_WAS_ERASED, SUPPRESS],
  RecordOpen: [...OWN_LOG('RecordOpen'), ...OWN_QUEUE('Open'), RECORD, WHO_WAS_ERASED],
  RecordClick: [...OWN_LOG('RecordClick'), ...OWN_QUEUE('Click'), RECORD, WHO_WAS_ERASED],
  RecordSubscription: [
    ...OWN_LOG('RecordSubscription'),
    ...OWN_QUEUE('Subscription'),
    RECORD,
    WHO_WAS_ERASED,
    SUPPRESS,
  ],
  CountStatuses: [
    ...OWN_LOG('CountStatuses'),
    'dynamodb:GetItem {CampaignsTable}',
    'dynamodb:UpdateItem {CampaignsTable}',
    'dynamodb:DescribeStream {EmailStatusTable}',
    'dynamodb:GetRecords {EmailStatusTable}',
    'dynamodb:GetShardIterator {EmailStatusTable}',
    LIST_STREAMS('EmailStatusTable'),
    'sqs:SendMessage {CountingFailed}',
  ],
  QueueSuppressions: [
    ...OWN_LOG('QueueSuppressions'),
    'dynamodb:DescribeStream {SuppressionsTable}',
    'dynamodb:GetRecords {SuppressionsTable}',
    'dynamodb:GetShardIterator {SuppressionsTable}',
    LIST_STREAMS('SuppressionsTable'),
    'dynamodb:Scan {SuppressionsTable}',
    'sqs:SendMessage {SuppressionMirrorQueue}',
  ],
  MirrorSuppressions: [
    ...OWN_LOG('MirrorSuppressions'),
    ...OWN_QUEUE('SuppressionMirror'),
    'dynamodb:GetItem {SuppressionsTable}',
    'dynamodb:UpdateItem {SuppressionsTable}',
    'ses:GetSuppressedDestination *',
    'ses:PutSuppressedDestination *',
    'ses:DeleteSuppressedDestination *',
    'ses:GetAccount *',
  ],
  ImportSuppressions: [
    ...OWN_LOG('ImportSuppressions'),
    'dynamodb:GetItem {SuppressionsTable}',
    'dynamodb:BatchGetItem {SuppressionsTable}',
    'dynamodb:UpdateItem {SuppressionsTable}',
    'ses:ListSuppressedDestinations *',
    WHO_WAS_ERASED,
    'dynamodb:UpdateItem {ErasuresTable}',
  ],
  EraseRecipient: [
    ...OWN_LOG('EraseRecipient'),
    'dynamodb:UpdateItem {ErasuresTable}',
    EMAILS_TO,
    'dynamodb:DeleteItem {SuppressionsTable}',
    'sqs:SendMessage {ErasingQueue}',
  ],
  DeleteEmails: [
    ...OWN_LOG('DeleteEmails'),
    ...OWN_QUEUE('Erasing'),
    'sqs:SendMessage {ErasingQueue}',
    EMAILS_TO,
    'dynamodb:GetItem {EmailStatusTable}',
    'dynamodb:DeleteItem {EmailStatusTable}',
    'dynamodb:GetItem {SuppressionsTable}',
    'dynamodb:DeleteItem {SuppressionsTable}',
  ],
  UnsubscribeRecipient: [...OWN_LOG('UnsubscribeRecipient'), RECORD, SUPPRESS, SIGNED],
  TrackRead: [...OWN_LOG('TrackRead'), RECORD, SIGNED],
  PublishStatusEvents: [
    ...OWN_LOG('PublishStatusEvents'),
    ...['EmailStatusTable', 'SuppressionsTable'].flatMap((table) => [
      ...['DescribeStream', 'GetRecords', 'GetShardIterator'].map((verb) => `dynamodb:${verb} {${table}}`),
      LIST_STREAMS(table),
    ]),
    'events:PutEvents {StatusEventsBus}',
    'sqs:SendMessage {StatusEventsFailed}',
  ],
  QueryStatus: [
    ...OWN_LOG('QueryStatus'),
    'dynamodb:GetItem {CampaignsTable}',
    'dynamodb:GetItem {EmailStatusTable}',
    'dynamodb:BatchGetItem {EmailStatusTable}',
    'dynamodb:Query {EmailStatusTable}',
    'dynamodb:Query {EmailStatusTable}/index/byRecipient',
    'dynamodb:Query {EmailStatusTable}/index/byDay',
    'dynamodb:Query {EmailStatusTable}/index/byCampaign',
    'dynamodb:Query {EmailStatusTable}/index/bySesMessageId',
    'dynamodb:GetItem {SuppressionsTable}',
    'dynamodb:BatchGetItem {SuppressionsTable}',
    'dynamodb:Scan {SuppressionsTable}',
    'dynamodb:UpdateItem {SuppressionsTable}',
  ],
};

const policiesOf = (role: string) =>
  stack
    .all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some((at: unknown) => idOf(at) === role));

const allowedTo = (role: string): string[] =>
  policiesOf(role)
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap((statement) =>
      listOf(statement.Action ?? 'anything').flatMap((action) =>
        listOf(statement.Resource ?? 'anything').map((resource) => `${action} ${render(resource)}`),
      ),
    );

describe('what each function may do', () => {
  it('is written down here for every function of the stack', () => {
    const functions = stack.all('AWS::Lambda::Function').map(([id]) => plain(id));

    expect(functions.sort()).toEqual(
      Object.keys(ALLOWED)
        .map((name) => `${name}Function`)
        .sort(),
    );
  });

  it.each(Object.entries(ALLOWED))('%s: exactly this', (name, allowed) => {
    const [, fn] = stack.all('AWS::Lambda::Function').find(([id]) => plain(id) === `${name}Function`) ?? [];
    const role = idOf(fn?.Properties.Role);

    expect(allowedTo(role).sort()).toEqual([...allowed].sort());
  });

  it('is all in those policies: no role has a managed policy, one of its own, or serves two functions', () => {
    const roles = stack.all('AWS::IAM::Role');

    for (const [, { Properties }] of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
    expect(roles).toHaveLength(Object.keys(ALLOWED).length);
    for (const [id] of roles) expect(policiesOf(id)).toHaveLength(1);
  });

  it('is taken on by Lambda alone', () => {
    for (const [, { Properties }] of stack.all('AWS::IAM::Role')) {
      expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    }
  });

  // ListStreams is asked for on all of a table's streams, and SES's suppression list has no resource to name.
  it('never reaches over a wildcard where AWS lets one name what is meant', () => {
    for (const [, { Properties }] of stack.all('AWS::IAM::Policy')) {
      for (const { Action, Resource, NotAction, NotResource } of Properties.PolicyDocument.Statement) {
        const hasNoResource = listOf(Action).every((action) =>
          /^(ses:\w+SuppressedDestinations?|ses:GetAccount|dynamodb:ListStreams)$/.test(action),
        );
        if (!hasNoResource) expect(JSON.stringify([Action, Resource])).not.toContain('*');
        expect([NotAction, NotResource]).toEqual([undefined, undefined]);
      }
    }
  });
});
