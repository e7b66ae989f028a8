import type { RouteBlueprint } from '../template/apis.ts';

/** The route of a request, and the values of its `{name}` segments. */
export type Match = Readonly<{ route: RouteBlueprint; parameters: Readonly<Record<string, string>> }>;

type Part = Readonly<{ literal: string }> | Readonly<{ name: string; greedy: boolean }>;
type Route = Readonly<{ route: RouteBlueprint; method: string; parts: readonly Part[] }>;

/**
 * Chooses routes as HTTP API does (API Gateway guide, http-api-develop-routes): a full match before a greedy `{name+}`
 * before `$default`; among equals the one with the more literal beginning, and a method before ANY.
 */
export const router = (blueprints: readonly RouteBlueprint[]) => {
  const routes = blueprints.filter(({ key }) => key !== '$default').map(readRoute);
  const ordered = routes.toSorted((one, other) => compare(precedence(one), precedence(other)));
  const last = blueprints.find(({ key }) => key === '$default');
  return (method: string, path: string): Match | undefined => {
    const segments = path.split('/').slice(1);
    for (const { route, method: wanted, parts } of ordered) {
      if (wanted !== 'ANY' && wanted !== method) continue;
      const parameters = match(parts, segments);
      if (parameters) return { route, parameters };
    }
    return last && { route: last, parameters: {} };
  };
};

const readRoute = (route: RouteBlueprint): Route => {
  const [method = '', path = ''] = route.key.split(' ');
  const parts = path
    .split('/')
    .slice(1)
    .map((segment): Part => {
      const name = /^\{(.+?)(\+?)\}$/.exec(segment);
      return name ? { name: name[1] ?? '', greedy: name[2] === '+' } : { literal: segment };
    });
  return { route, method, parts };
};

// Greedy ones last; then literal segments before variables, from the left; then ANY after a method.
const precedence = ({ method, parts }: Route): readonly number[] => [
  ...parts.map((part) => ('literal' in part ? 0 : part.greedy ? 2 : 1)),
  method === 'ANY' ? 1 : 0,
];

const compare = (one: readonly number[], other: readonly number[]): number => {
  const isGreedy = (list: readonly number[]) => Number(list.includes(2));
  const different = one.findIndex((number, index) => number !== other[index]);
  return isGreedy(one) - isGreedy(other) || (one[different] ?? 0) - (other[different] ?? 0);
};

const match = (parts: readonly Part[], segments: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if ('literal' in part) {
      if (part.literal !== segment) return undefined;
    } else if (segment === '') return undefined;
    else if (part.greedy) return { ...parameters, [part.name]: segments.slice(index).join('/') };
    else parameters[part.name] = segment;
  }
  return segments.length === parts.length ? parameters : undefined;
};
