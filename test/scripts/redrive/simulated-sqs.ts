import type { Clients } from '../../../scripts/redrive/deployed-queues.ts';

type Input = Readonly<Record<string, never>>;
type Command = Readonly<{ constructor: { name: string }; input: Input }>;

/**
 * The operations of SQS and CloudFormation that redriving calls, in memory: bodies by queue URL, whose ARN is `arn:`
 * and the URL.
 */
export const simulatedAws = (ids: readonly string[], bodies: Record<string, string[]>) => {
  const calls: string[] = [];
  let looks = 0;
  const take = (url: string) => bodies[url] ?? [];
  const answers: Readonly<Record<string, (input: Record<string, string>) => unknown>> = {
    // One resource a page.
    ListStackResourcesCommand: ({ NextToken = '0' }) => ({
      StackResourceSummaries: ids
        .slice(Number(NextToken), Number(NextToken) + 1)
        .map((id) => ({ ResourceType: 'AWS::SQS::Queue', LogicalResourceId: id, PhysicalResourceId: `url-${id}` })),
      NextToken: Number(NextToken) + 1 < ids.length ? String(Number(NextToken) + 1) : undefined,
    }),
    GetQueueAttributesCommand: ({ QueueUrl = '' }) => ({
      Attributes: { QueueArn: `arn:${QueueUrl}`, ApproximateNumberOfMessages: String(take(QueueUrl).length) },
    }),
    ReceiveMessageCommand: ({ QueueUrl = '' }) => ({
      Messages: take(QueueUrl)
        .slice(0, 10)
        .map((Body) => ({
          MessageId: `id of ${Body}`,
          Body,
          ReceiptHandle: Body,
          Attributes: { SentTimestamp: '1764000000000' },
        })),
    }),
    StartMessageMoveTaskCommand: () => ({ TaskHandle: 'task' }),
    ListMessageMoveTasksCommand: () => {
      looks += 1;
      return {
        Results: [
          looks === 1
            ? { Status: 'RUNNING', TaskHandle: 'task', ApproximateNumberOfMessagesMoved: 1 }
            : { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 },
        ],
      };
    },
    SendMessageCommand: ({ QueueUrl = '', MessageBody = '' }) => {
      bodies[QueueUrl] = [...take(QueueUrl), MessageBody];
      return {};
    },
    DeleteMessageCommand: ({ QueueUrl = '', ReceiptHandle = '' }) => {
      bodies[QueueUrl] = take(QueueUrl).filter((body) => body !== ReceiptHandle);
      return {};
    },
  };
  const send = async (command: Command) => {
    calls.push(`${command.constructor.name} ${JSON.stringify(command.input)}`);
    const answer = answers[command.constructor.name];
    if (!answer) throw new Error(`not simulated: ${command.constructor.name}`);
    return answer(command.input);
  };
  const clients = { cloudFormation: { send }, sqs: { send }, pause: async () => {} } as unknown as Clients;
  return { clients, calls, bodies };
};
