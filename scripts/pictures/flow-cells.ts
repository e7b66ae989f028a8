import { type Kind, type Line, wrapped } from './svg.ts';
import type { WiredFunction } from './wiring.ts';

/** What stands in a column: boxes below each other. */
export type Cell = readonly Readonly<{ kind: Kind; lines: readonly Line[] }>[];

/** What stands in the four columns of a function's row: what invokes it, its queue, itself, and what it uses. */
export const cellsOf = (one: WiredFunction, [from = 0, , , uses = 0]: readonly number[]): readonly Cell[] => [
  invokedBy(one, from),
  one.queue === undefined ? [] : [{ kind: 'queue', lines: [named(one.queue)] }],
  [{ kind: 'function', lines: [named(one.name)] }],
  usesOf(one, uses),
];

const named = (text: string): Line => ({ text, strong: true });

const invokedBy = ({ topic, senders, streams, routes, schedules }: WiredFunction, width: number): Cell => [
  ...(topic === undefined
    ? []
    : [
        {
          kind: 'topic' as const,
          lines: [named(`${topic.name} topic`), ...wrapped(topic.events.map(eventName).join(', '), width)],
        },
      ]),
  ...(senders.length === 0
    ? []
    : [{ kind: 'function' as const, lines: [named('Messages'), ...wrapped(`from ${senders.join(', ')}`, width)] }]),
  ...streams.map((table) => ({ kind: 'table' as const, lines: [named(`${table} stream`)] })),
  ...(routes.length === 0
    ? []
    : [
        {
          kind: 'api' as const,
          lines: [named(routeCount(routes)), ...shownRoutes(routes).flatMap((route) => wrapped(route, width))],
        },
      ]),
  ...schedules.map((expression) => ({ kind: 'service' as const, lines: [named(shownSchedule(expression))] })),
];

const usesOf = ({ writes, reads, sendsTo, calls }: WiredFunction, width: number): Cell => {
  const tables = [
    ...(writes.length === 0 ? [] : wrapped(`writes ${writes.join(', ')}`, width)),
    ...(reads.length === 0 ? [] : wrapped(`reads ${reads.join(', ')}`, width)),
  ];
  return [
    ...(tables.length === 0 ? [] : [{ kind: 'table' as const, lines: tables }]),
    ...(sendsTo.length === 0
      ? []
      : [{ kind: 'queue' as const, lines: wrapped(`sends to ${sendsTo.join(', ')}`, width) }]),
    ...[...Map.groupBy(calls, serviceOf)].map(([service, actions]) => ({
      kind: 'service' as const,
      lines: wrapped(`calls ${service}: ${actions.map((action) => action.split(':')[1]).join(', ')}`, width),
    })),
  ];
};

const SERVICES: Readonly<Record<string, string>> = {
  events: 'EventBridge',
  scheduler: 'EventBridge Scheduler',
  ses: 'Amazon SES',
};

const serviceOf = (action: string): string => SERVICES[action.split(':')[0] ?? ''] ?? action;

/** As SES writes an event type in its events; CloudFormation begins it with a small letter. */
const eventName = (event: string): string => event.charAt(0).toUpperCase() + event.slice(1);

const routeCount = ({ length }: readonly string[]): string => (length === 1 ? '1 route' : `${length} routes`);

/** Routes by the beginning of their path: `GET, PUT /v1/suppressions`. */
const shownRoutes = (routes: readonly string[]): readonly string[] =>
  [...Map.groupBy(routes, (route) => /^\S+ (\/[^/]+\/[^/]+)/.exec(route)?.[1] ?? route)]
    .map(([path, of]) => `${[...new Set(of.map((route) => route.split(' ')[0]))].sort().join(', ')} ${path}`)
    .sort();

/** EventBridge's `rate(5 minutes)`, and `cron(17 2 * * ? *)` where it is daily. */
const shownSchedule = (expression: string): string => {
  const [, rate] = /^rate\((.+)\)$/.exec(expression) ?? [];
  if (rate !== undefined) return `Every ${rate}`;
  const [, minute = '', hour = ''] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  return hour === '' ? expression : `Daily at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
};
