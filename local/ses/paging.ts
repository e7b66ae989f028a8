import { SesError } from './rest-json.ts';

/** What one page of a list asks for. */
export type PageRequest = Readonly<{
  /** As given; SES's default for the list where absent. */
  size: number | undefined;
  token: string | undefined;
}>;

/** How a list pages: its size by default and at most, and how it refuses a size or a token. */
export type PageRules = Readonly<{
  /** What the token is bound to: the list and its filters. SES refuses a token with other filters. */
  scope: string;
  usual: number;
  most: number;
  badSize: () => Error;
  badToken: (token: string) => Error;
}>;

/**
 * One page of a list that is sorted by a unique key, and the token of the next one. The token holds the last key, not a
 * position, so that what is added or removed meanwhile neither repeats nor hides anything else.
 */
export const page = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { size, token }: PageRequest,
  rules: PageRules,
): { items: readonly Item[]; next: string | undefined } => {
  const limit = size ?? rules.usual;
  if (!Number.isInteger(limit) || limit < 1 || limit > rules.most) throw rules.badSize();
  const after = token === undefined ? undefined : readToken(token, rules);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const more = rest.length > shown.length && last !== undefined;
  return { items: shown, next: more ? writeToken(keyOf(last), rules) : undefined };
};

/** A page size from a query or a body. @throws SesError SerializationException where it is no number */
export const readPageSize = (value: unknown): number | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  const size = Number(value);
  if (!Number.isInteger(size))
    throw new SesError('SerializationException', `'${value}' can not be converted to Integer`);
  return size;
};

const writeToken = (after: string, { scope }: PageRules): string =>
  Buffer.from(JSON.stringify([scope, after])).toString('base64url');

const readToken = (token: string, { scope, badToken }: PageRules): string => {
  try {
    const [tokenScope, after] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (tokenScope === scope && typeof after === 'string') return after;
  } catch {
    // Not a token of ours: refused below like one of another list.
  }
  throw badToken(token);
};
