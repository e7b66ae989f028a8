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

const SCHEDULES = 'arn:{AWS::Partition}:scheduler:{AWS::Region}:{AWS::AccountId}:schedule/{AcceptMailSchedules}/*';

const SES = 'arn:{AWS::Partition}:ses:{AWS::Region}:{AWS::AccountId}';

/** The one role that is no function's. */
const isSchedulers = (id: string) => plain(id) === 'AcceptMailSchedulerRole';

/** What a function may do that sends the emails of one queue. */
const SENDS = (name: string, queue: string) => [
  ...OWN_LOG(name),
  ...OWN_QUEUE(queue),
  ...['SendingQueuesEmailsToSend', 'SendingQueuesMessagesToSend'].map((own) => `sqs:SendMessage {${own}Queue}`),
  'dynamodb:Query {EmailStatusTable}',
  RECORD,
  'dynamodb:GetItem {MailingsTable}',
  'dynamodb:UpdateItem {MailingsTable}',
  'dynamodb:GetItem {SuppressionsTable}',
  SIGNED,
  // From whichever of the club's identities, but with this configuration set alone.
  `ses:SendEmail ${SES}:identity/*`,
  `ses:SendEmail ${SES}:configuration-set/{ConfigurationSet}`,
  'ses:GetAccount *',
];

/** Everything each function may do, and nothing else. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  RecordDelivery: [...OWN_LOG('RecordDelivery'), ...OWN_QUEUE('RecordingDelivery'), RECORD, WHO_WAS_ERASED],
  RecordBounce: [
    ...[...OWN_LOG('RecordBounce'), ...OWN_QUEUE('RecordingBounce'), RECORD, WHO_WAS_ERASED, SUPPRESS],
    'dynamodb:Query {EmailStatusTable}/index/byRecipient',
    'dynamodb:BatchGetItem {EmailStatusTable}',
  ],
  RecordComplaint: [
    ...OWN_LOG('RecordComplaint'),
    ...OWN_QUEUE('RecordingComplaint'),
    RECORD,
    WHO_WAS_ERASED,
    SUPPRESS,
  ],
  RecordOpen: [...OWN_LOG('RecordOpen'), ...OWN_QUEUE('RecordingOpen'), RECORD, WHO_WAS_ERASED],
  RecordClick: [...OWN_LOG('RecordClick'), ...OWN_QUEUE('RecordingClick'), RECORD, WHO_WAS_ERASED],
  RecordSubscription: [
    ...OWN_LOG('RecordSubscription'),
    ...OWN_QUEUE('RecordingSubscription'),
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
    'sqs:SendMessage {CampaignCountsCountingFailed}',
  ],
  QueueSuppressions: [
    ...OWN_LOG('QueueSuppressions'),
    'dynamodb:DescribeStream {SuppressionsTable}',
    'dynamodb:GetRecords {SuppressionsTable}',
    'dynamodb:GetShardIterator {SuppressionsTable}',
    LIST_STREAMS('SuppressionsTable'),
    'dynamodb:Scan {SuppressionsTable}',
    'sqs:SendMessage {SuppressionSyncSuppressionMirrorQueue}',
  ],
  MirrorSuppressions: [
    ...OWN_LOG('MirrorSuppressions'),
    ...OWN_QUEUE('SuppressionSyncSuppressionMirror'),
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
  AcceptMail: [
    ...OWN_LOG('AcceptMail'),
    ...['PutItem', 'BatchGetItem'].map((verb) => `dynamodb:${verb} {EmailStatusTable}`),
    'dynamodb:Query {EmailStatusTable}/index/byCampaign',
    'dynamodb:BatchGetItem {SuppressionsTable}',
    ...['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'].map((verb) => `dynamodb:${verb} {MailingsTable}`),
    ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((verb) => `dynamodb:${verb} {IdempotencyTable}`),
    'sqs:SendMessage {SendingQueuesMessagesToSendQueue}',
    'sqs:SendMessage {SendingQueuesCampaignsToAdvanceQueue}',
    ...['CreateSchedule', 'DeleteSchedule'].map((verb) => `scheduler:${verb} ${SCHEDULES}`),
    'iam:PassRole {AcceptMailSchedulerRole}',
    'ses:GetEmailIdentity *',
  ],
  AdvanceCampaigns: [
    ...OWN_LOG('AdvanceCampaigns'),
    ...OWN_QUEUE('SendingQueuesCampaignsToAdvance'),
    'dynamodb:Query {EmailStatusTable}',
    'dynamodb:Query {EmailStatusTable}/index/byCampaign',
    'dynamodb:UpdateItem {EmailStatusTable}',
    ...['GetItem', 'Query', 'UpdateItem', 'DeleteItem'].map((verb) => `dynamodb:${verb} {MailingsTable}`),
    'sqs:SendMessage {SendingQueuesEmailsToSendQueue}',
    'sqs:SendMessage {SendingQueuesCampaignsToAdvanceQueue}',
  ],
  SweepEmails: [
    ...OWN_LOG('SweepEmails'),
    'dynamodb:Query {EmailStatusTable}/index/byWakeAt',
    'dynamodb:Query {EmailStatusTable}/index/byCampaign',
    'dynamodb:BatchGetItem {EmailStatusTable}',
    'dynamodb:UpdateItem {EmailStatusTable}',
    ...['GetItem', 'Query', 'Scan', 'UpdateItem', 'DeleteItem'].map((verb) => `dynamodb:${verb} {MailingsTable}`),
    ...['EmailsToSend', 'MessagesToSend', 'CampaignsToAdvance'].flatMap((queue) =>
      ['SendMessage', 'GetQueueAttributes'].map((verb) => `sqs:${verb} {SendingQueues${queue}Queue}`),
    ),
  ],
  ExplainStatuses: OWN_LOG('ExplainStatuses'),
  EraseRecipient: [
    ...OWN_LOG('EraseRecipient'),
    'dynamodb:UpdateItem {ErasuresTable}',
    EMAILS_TO,
    'dynamodb:DeleteItem {SuppressionsTable}',
    'sqs:SendMessage {ErasureQueue}',
  ],
  DeleteEmails: [
    ...OWN_LOG('DeleteEmails'),
    ...OWN_QUEUE('Erasure'),
    'sqs:SendMessage {ErasureQueue}',
    EMAILS_TO,
    'dynamodb:GetItem {EmailStatusTable}',
    'dynamodb:DeleteItem {EmailStatusTable}',
    'dynamodb:GetItem {SuppressionsTable}',
    'dynamodb:DeleteItem {SuppressionsTable}',
    'dynamodb:DeleteItem {MailingsTable}',
  ],
  UnsubscribeRecipient: [...OWN_LOG('UnsubscribeRecipient'), RECORD, SUPPRESS, SIGNED],
  TrackRead: [...OWN_LOG('TrackRead'), RECORD, SIGNED],
  SendEmail: SENDS('SendEmail', 'SendingQueuesEmailsToSend'),
  SendMessages: SENDS('SendMessages', 'SendingQueuesMessagesToSend'),
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
    'dynamodb:BatchGetItem {MailingsTable}',
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
        listOf(statement.Resource ?? 'anything').map(
          (resource) => `${action} ${render(resource).replace(OWNER, '{$1}')}`,
        ),
      ),
    );

/** A function's log group, with the capability that the function belongs to before its name. */
const OWNER =
  /\{(?:Recording|CampaignCounts|QueryFunctions|Erasure|PublicLinks|SuppressionSync|StatusEvents|AdvanceCampaigns|SendEmail)((?:[A-Z][a-z]+)+Logs)\}/;

describe('what each function may do', () => {
  it('is written down here for every function of the stack', () => {
    const functions = stack.all('AWS::Lambda::Function').map(([id]) => plain(id));
    const written = Object.keys(ALLOWED).map((name) => functions.filter((id) => id.endsWith(`${name}Function`)));

    expect(written.map(({ length }) => length)).toEqual(Object.keys(ALLOWED).map(() => 1));
    expect(written.flat().sort()).toEqual(functions.sort());
  });

  it.each(Object.entries(ALLOWED))('%s: exactly this', (name, allowed) => {
    const [, fn] = stack.all('AWS::Lambda::Function').find(([id]) => plain(id).endsWith(`${name}Function`)) ?? [];
    const role = idOf(fn?.Properties.Role);

    expect(allowedTo(role).sort()).toEqual([...allowed].sort());
  });

  it('is all in those policies: no role has a managed policy, one of its own, or serves two functions', () => {
    const roles = stack.all('AWS::IAM::Role');

    for (const [, { Properties }] of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
    expect(roles.filter(([id]) => !isSchedulers(id))).toHaveLength(Object.keys(ALLOWED).length);
    for (const [id] of roles) expect(policiesOf(id)).toHaveLength(1);
  });

  it('is, for schedules, one message, and for those of the stack alone', () => {
    const [id = '', role] = stack.all('AWS::IAM::Role').find(([id]) => isSchedulers(id)) ?? [];
    const [{ Principal, Condition }] = role?.Properties.AssumeRolePolicyDocument.Statement ?? [{}];

    expect(allowedTo(id)).toEqual(['sqs:SendMessage {SendingQueuesCampaignsToAdvanceQueue}']);
    expect(Principal).toEqual({ Service: 'scheduler.amazonaws.com' });
    expect(Condition.StringEquals['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
    expect(render(Condition.StringEquals['aws:SourceArn'])).toBe('{AcceptMailSchedules}');
  });

  it.each([
    ['the send rate, for the one that sends', 'SendEmail', '~rate', 'dynamodb:UpdateItem'],
    [
      'the list of unfinished campaigns, for the one that sweeps',
      'SweepEmails',
      '~unfinished',
      ['dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
    ],
  ])('is to change of all mailings nothing but %s', (_, name, key, Action) => {
    const [, fn] = stack.all('AWS::Lambda::Function').find(([id]) => plain(id).endsWith(`${name}Function`)) ?? [];
    const statements = policiesOf(idOf(fn?.Properties.Role)).flatMap(
      ([, { Properties }]) => Properties.PolicyDocument.Statement,
    );
    const conditions = statements.flatMap(({ Condition }) => Condition ?? []);

    expect(conditions).toEqual([{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [key] } }]);
    expect(statements.find(({ Condition }) => Condition)).toMatchObject({ Action });
  });

  it('is taken on by Lambda alone', () => {
    for (const [, { Properties }] of stack.all('AWS::IAM::Role').filter(([id]) => !isSchedulers(id))) {
      expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    }
  });

  // ListStreams is asked for on all of a table's streams, and SES's suppression list has no resource to name; identities and
  // schedules are named by callers.
  it('never reaches over a wildcard where AWS lets one name what is meant', () => {
    for (const [, { Properties }] of stack.all('AWS::IAM::Policy')) {
      for (const { Action, Resource, NotAction, NotResource } of Properties.PolicyDocument.Statement) {
        const hasNoResource = listOf(Action).every((action) =>
          /^(ses:\w+SuppressedDestinations?|ses:Get(Account|EmailIdentity)|ses:SendEmail|dynamodb:ListStreams|scheduler:\w+Schedule)$/.test(
            action,
          ),
        );
        if (!hasNoResource) expect(JSON.stringify([Action, Resource])).not.toContain('*');
        expect([NotAction, NotResource]).toEqual([undefined, undefined]);
      }
    }
  });
});
