import { SesError } from './rest-json.ts';

/** The parameters of one page of a list. */
export type PageRequest = Readonly<{
  /** As given; SES's default for the list if absent. */
  size: number | undefined;
  token: string | undefined;
}>;

/** A list's paging: its default and maximum page size, and its errors for a bad size or token. */
export type PageRules = Readonly<{
  /** What the token is bound to: the list and its filters. SES rejects a token with other filters. */
  scope: string;
  usual: number;
  most: number;
  badSize: () => Error;
  badToken: (token: string) => Error;
}>;

/**
 * One page of a list sorted by a unique key, and the token of the next one. The token holds the last key, not a
 * position, so that additions and removals between pages neither repeat nor hide other items.
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

/** A page size from a query or a body. @throws SesError SerializationException if it is not a number */
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
    // Not one of our tokens: rejected below like one of another list.
  }
  throw badToken(token);
};
