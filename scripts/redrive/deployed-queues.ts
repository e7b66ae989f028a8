import {
  type CloudFormationClient,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { type DeadLetterQueue, type Moved, mustExist } from './dead-letter.ts';
import { resend } from './resend.ts';

export type Clients = Readonly<{
  cloudFormation: Pick<CloudFormationClient, 'send'>;
  sqs: Pick<SQSClient, 'send'>;
  /** Waits for so many milliseconds. */
  pause: (milliseconds: number) => Promise<unknown>;
}>;

/** A dead-letter queue of the stack by URL, and its source queue. */
export type Pair = Readonly<{ name: string; url: string; source: string; by: 'SQS' | 'SNS' }>;

/**
 * The dead-letter queues of a deployed stack that have messages.
 *
 * @param queue the name of one that must exist, empty or not
 * @throws UsageError if there is no queue of this name; the AWS SDK's errors: no credentials, no region, no such stack
 */
export const deployedQueues = async (
  stack: string,
  clients: Clients,
  queue?: string,
): Promise<readonly DeadLetterQueue[]> => {
  const pairs = pairsOf(await resourcesOf(stack, clients.cloudFormation));
  mustExist(
    queue,
    pairs.map(({ name }) => name),
  );
  const queues = await Promise.all(pairs.map((pair) => readQueue(pair, clients)));
  return queues.filter(({ count }) => count > 0);
};

const resourcesOf = async (StackName: string, client: Clients['cloudFormation']) => {
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
};

/**
 * Pairs each dead-letter queue with its source, by the logical ids: `Failed` holds what the function failed on and
 * `Undelivered` what SNS could not deliver to `Queue`. Names are those of the local stack, such as `bounce-failed`.
 */
export const pairsOf = (
  resources: readonly Pick<StackResourceSummary, 'ResourceType' | 'LogicalResourceId' | 'PhysicalResourceId'>[],
): readonly Pair[] => {
  const queues = resources.flatMap(({ ResourceType, LogicalResourceId = '', PhysicalResourceId: url = '' }) => {
    const [, owner = '', role = ''] = /^(\w+?)(Queue|Failed|Undelivered)[0-9A-F]{8}$/.exec(LogicalResourceId) ?? [];
    return ResourceType === 'AWS::SQS::Queue' && owner !== '' ? [{ owner, role, url }] : [];
  });
  return queues
    .filter(({ role }) => role !== 'Queue')
    .flatMap(({ owner, role, url }) => {
      const source = queues.find((one) => one.owner === owner && one.role === 'Queue')?.url;
      const name = `${kebab(owner.replace(CAPABILITY, ''))}-${role.toLowerCase()}`;
      return source === undefined ? [] : [{ name, url, source, by: role === 'Failed' ? 'SQS' : 'SNS' } as const];
    });
};

const readQueue = async (pair: Pair, clients: Clients): Promise<DeadLetterQueue> => {
  const { sqs } = clients;
  const [{ Attributes: { ApproximateNumberOfMessages, QueueArn = '' } = {} }, { Messages = [] }] = await Promise.all([
    sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: pair.url,
        AttributeNames: ['ApproximateNumberOfMessages', 'QueueArn'],
      }),
    ),
    sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: pair.url,
        MaxNumberOfMessages: 10,
        // Visible again at once: hidden messages are not moved.
        VisibilityTimeout: 0,
        // Polls all of SQS's servers, so that a short queue is not reported as empty.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    ),
  ]);
  return {
    name: pair.name,
    count: Math.max(Number(ApproximateNumberOfMessages ?? 0), Messages.length),
    some: Messages.map(({ MessageId = '', Body = '', Attributes }) => ({
      messageId: MessageId,
      sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
      reason: undefined,
      body: Body,
    })),
    // SQS moves only messages that another queue dead-lettered, not those of SNS (SQS guide, StartMessageMoveTask).
    move: (progress) => (pair.by === 'SQS' ? moveBySqs(QueueArn, clients, progress) : resend(pair, sqs, progress)),
  };
};

/** Milliseconds between two checks of SQS's progress. */
const CHECK_INTERVAL = 1_000;

const moveBySqs = async (SourceArn: string, { sqs, pause }: Clients, progress: (n: number) => void): Promise<Moved> => {
  const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  for (;;) {
    // Newest first; only a running task has a handle.
    const { Results: [task] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    const moved = Number(task?.ApproximateNumberOfMessagesMoved ?? 0);
    progress(moved);
    if (task?.Status !== undefined && task.Status !== 'RUNNING' && task.TaskHandle !== TaskHandle) {
      return {
        moved,
        problem:
          task.Status === 'COMPLETED' ? undefined : `${task.Status}: ${task.FailureReason ?? 'SQS gives no reason'}`,
      };
    }
    await pause(CHECK_INTERVAL);
  }
};

/** The constructs of lib that hold several queues; a logical id begins with them. */
const CAPABILITY = /^\w*?(?:Recording|SendingQueues|SuppressionSync)(?=[A-Z])/;

const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
