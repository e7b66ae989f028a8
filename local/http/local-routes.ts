import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { DeadLetter } from '../messaging/dead-letters.ts';
import { chooseTopic, type EventTopics } from '../messaging/event-topics.ts';
import type { Queue } from '../messaging/queue.ts';
import type { Redriven } from '../messaging/redrive.ts';
import { MAXIMUM_MESSAGE_BYTES } from '../messaging/topic.ts';
import { type Answer, json, type Request, split } from './exchange.ts';
import { problem } from './problem.ts';

/** What the local stack's extra routes need of it. */
export type LocalStack = Readonly<{
  topics: EventTopics;
  deadLetters: () => readonly DeadLetter[];
  /** Where the engine is, and what the tables are called in it. */
  tables: Readonly<{ endpoint: string; tables: Readonly<Record<string, string>> }>;
  /** Moves dead letters back; `undefined` where no dead-letter queue is called so. */
  redrive: (queue?: string) => Redriven | undefined;
  queues: Iterable<Queue>;
  functions: Iterable<Pick<LambdaFunction, 'name' | 'invoke'>>;
  /** Resolves when every queue, stream, retry and simulated email is quiet. */
  settle: () => Promise<void>;
}>;

type Route = (request: Request, query: URLSearchParams, stack: LocalStack) => Answer | Promise<Answer>;

/** The local stack's extra routes: those under `/local/`, never deployed. */
export const answerLocally = async (request: Request, stack: LocalStack): Promise<Answer> => {
  const { path, query } = split(request.target);
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (!route) return problem(404, 'Not Found', `There are ${Object.keys(ROUTES).join(', ')}.`);
  const [method, answer, parameter] = route;
  if (request.method !== method) {
    return problem(405, 'Method Not Allowed', `${path} takes ${method}.`, { allow: method });
  }
  const given = new URLSearchParams(query);
  const unknown = [...given.keys()].find((name) => name !== parameter);
  if (unknown !== undefined) {
    const known = parameter === undefined ? 'it has none' : `it has ${parameter}`;
    return problem(400, 'Bad Request', `"${unknown}" is no parameter of ${path}; ${known}.`);
  }
  return answer(request, given, stack);
};

const publish: Route = ({ body }, query, { topics }) => {
  const text = utf8(body);
  if (body.length === 0 || text === undefined) {
    return problem(
      400,
      'Bad Request',
      'The body must be text in UTF-8, and not empty: SNS takes no other. Nothing was published.',
    );
  }
  const choice = chooseTopic(topics, text, query.get('topic') ?? undefined);
  if ('unknown' in choice) return problem(404, 'Not Found', `${choice.unknown} Nothing was published.`);
  if ('unclear' in choice) return problem(400, 'Bad Request', `${choice.unclear} Nothing was published.`);
  choice.topic.publish(text);
  return json(202, { topic: choice.topic.name });
};

const settle: Route = async (_request, _query, { settle: settled, deadLetters }) => {
  await settled();
  return json(200, { pending: 0, deadLetters: deadLetters().length });
};

const showTables: Route = (_request, _query, { tables }) => json(200, tables);

const listDeadLetters: Route = (_request, _query, { deadLetters }) => json(200, { items: deadLetters() });

const redrive: Route = (_request, query, { redrive: move }) => {
  const name = query.get('queue') ?? undefined;
  const moved = move(name);
  if (moved === undefined && name !== undefined) {
    return problem(404, 'Not Found', `There is no dead-letter queue "${name}". Nothing was moved.`);
  }
  return json(200, moved ?? { moved: 0, kept: 0 });
};

const ROUTES: Readonly<Record<string, readonly [method: string, Route, parameter?: string]>> = {
  '/local/sns': ['POST', publish, 'topic'],
  '/local/settle': ['POST', settle],
  '/local/dead-letters': ['GET', listDeadLetters],
  '/local/tables': ['GET', showTables],
  '/local/redrive': ['POST', redrive, 'queue'],
};

/** The most bytes a request to these routes may have: an SNS message's. */
export const LOCAL_BODY_BYTES = MAXIMUM_MESSAGE_BYTES;

/** `undefined` where the bytes are no UTF-8. A byte order mark stays: what is published is what was sent. */
const utf8 = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
