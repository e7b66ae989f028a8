import type { EventBuses } from '../events/event-buses.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { DeadLetter } from '../messaging/dead-letters.ts';
import { chooseTopic, type EventTopics } from '../messaging/event-topics.ts';
import type { Queue } from '../messaging/queue.ts';
import type { Redriven } from '../messaging/redrive.ts';
import { MAXIMUM_MESSAGE_BYTES } from '../messaging/topic.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { type Answer, json, type Request, split } from './exchange.ts';
import { problem } from './problem.ts';
import { changeSes, type LocalSes, showMailbox, showSes } from './ses-routes.ts';

/** What the routes under `/local/` need. */
export type LocalStack = Readonly<{
  topics: EventTopics;
  deadLetters: () => readonly DeadLetter[];
  /** Names of all dead-letter queues. */
  deadLetterQueues: readonly string[];
  /** The engine's address, and the names of the tables in it. */
  tables: Readonly<{ endpoint: string; tables: Readonly<Record<string, string>> }>;
  /** Moves dead letters back; `undefined` if no dead-letter queue has this name. */
  redrive: (queue?: string) => Redriven | undefined;
  queues: Iterable<Queue>;
  eventBuses: EventBuses;
  functions: Iterable<Pick<LambdaFunction, 'name' | 'invoke' | 'kill'>>;
  ses: LocalSes;
  scheduler: Pick<Scheduler, 'schedules'>;
  /** Resolves when every queue, stream, retry and simulated email is idle. */
  settle: () => Promise<void>;
}>;

type Answering = (request: Request, query: URLSearchParams, stack: LocalStack) => Answer | Promise<Answer>;
type Route = Readonly<{ method: string; path: string; answer: Answering; parameter?: string }>;

/** The routes under `/local/`, which exist only in the local stack. */
export const answerLocally = async (request: Request, stack: LocalStack): Promise<Answer> => {
  const { path, query } = split(request.target);
  const routes = ROUTES.filter((one) => one.path === path);
  const methods = routes.map(({ method }) => method).join(', ');
  const route = routes.find(({ method }) => method === request.method);
  if (!route) {
    return routes.length === 0
      ? problem(404, 'Not Found', `The routes are ${[...new Set(ROUTES.map((one) => one.path))].join(', ')}.`)
      : problem(405, 'Method Not Allowed', `${path} accepts ${methods}.`, { allow: methods });
  }
  const given = new URLSearchParams(query);
  const unknown = [...given.keys()].find((name) => name !== route.parameter);
  if (unknown !== undefined) {
    const known = route.parameter === undefined ? 'it takes no parameters' : `it takes ${route.parameter}`;
    return problem(400, 'Bad Request', `"${unknown}" is not a parameter of ${path}; ${known}.`);
  }
  return route.answer(request, given, stack);
};

const publish: Answering = ({ body }, query, { topics }) => {
  const text = utf8(body);
  if (body.length === 0 || text === undefined) {
    return problem(
      400,
      'Bad Request',
      'The body must be non-empty text in UTF-8, as SNS requires. Nothing was published.',
    );
  }
  const choice = chooseTopic(topics, text, query.get('topic') ?? undefined);
  if ('unknown' in choice) return problem(404, 'Not Found', `${choice.unknown} Nothing was published.`);
  if ('unclear' in choice) return problem(400, 'Bad Request', `${choice.unclear} Nothing was published.`);
  choice.topic.publish(text);
  return json(202, { topic: choice.topic.name });
};

const settle: Answering = async (_request, _query, { settle: settled, deadLetters }) => {
  await settled();
  return json(200, { pending: 0, deadLetters: deadLetters().length });
};

const showTables: Answering = (_request, _query, { tables }) => json(200, tables);

const listDeadLetters: Answering = (_request, _query, { deadLetters }) => json(200, { items: deadLetters() });

const listDeadLetterQueues: Answering = (_request, _query, { deadLetterQueues }) =>
  json(200, { items: deadLetterQueues });

const listEvents: Answering = (_request, _query, { eventBuses }) => json(200, { items: eventBuses.events });

const redrive: Answering = (_request, query, { redrive: move, deadLetterQueues }) => {
  const name = query.get('queue') ?? undefined;
  const moved = move(name);
  if (moved === undefined && name !== undefined) {
    const why = deadLetterQueues.includes(name)
      ? `The messages in "${name}" hold the position of a batch in a stream; they cannot be moved back.`
      : `There is no dead-letter queue "${name}"; there are ${deadLetterQueues.join(', ')}.`;
    return problem(404, 'Not Found', `${why} Nothing was moved.`);
  }
  return json(200, moved ?? { moved: 0, kept: 0 });
};

const kill: Answering = async (_request, query, { functions }) => {
  const name = query.get('function');
  const found = [...functions].find((one) => one.name === name);
  if (found) return json(200, { killed: (await found.kill()) ? 1 : 0 });
  const names = [...functions].map((one) => one.name).join(', ');
  return problem(404, 'Not Found', `There is no function "${name ?? ''}"; there are ${names}. Nothing was killed.`);
};

const listSchedules: Answering = (_request, _query, { scheduler }) =>
  json(200, {
    items: scheduler.schedules.map(({ group, name, at, state, done, target }) => ({
      group,
      name,
      at: new Date(at).toISOString(),
      state,
      done,
      queue: target.arn.split(':').at(-1),
      input: target.input,
    })),
  });

const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/local/sns', answer: publish, parameter: 'topic' },
  { method: 'POST', path: '/local/settle', answer: settle },
  { method: 'GET', path: '/local/dead-letters', answer: listDeadLetters },
  { method: 'GET', path: '/local/dead-letter-queues', answer: listDeadLetterQueues },
  { method: 'GET', path: '/local/events', answer: listEvents },
  { method: 'GET', path: '/local/tables', answer: showTables },
  { method: 'POST', path: '/local/redrive', answer: redrive, parameter: 'queue' },
  {
    method: 'GET',
    path: '/local/mailbox',
    answer: (_request, query, { ses }) => showMailbox(query, ses),
    parameter: 'to',
  },
  { method: 'GET', path: '/local/ses', answer: (_request, _query, { ses }) => showSes(ses) },
  { method: 'PUT', path: '/local/ses', answer: (request, _query, { ses }) => changeSes(request, ses) },
  { method: 'GET', path: '/local/schedules', answer: listSchedules },
  { method: 'POST', path: '/local/kill', answer: kill, parameter: 'function' },
];

/** The most bytes of a request to these routes: those of an SNS message. */
export const LOCAL_BODY_BYTES = MAXIMUM_MESSAGE_BYTES;

/** `undefined` if the bytes are not UTF-8. A byte order mark is kept: what is published is what was sent. */
const utf8 = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
