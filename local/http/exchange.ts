/** A request as it came over the wire. */
export type Request = Readonly<{
  method: string;
  /** Path and query as sent: nothing decoded. */
  target: string;
  /** Lower-case names, repeats joined by commas. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
  protocol: string;
  /** What to tell the caller it was: goes into the answer's header. */
  requestId: string;
}>;

export type Answer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string | readonly string[]>>;
  body: string | Buffer;
  /** The caller is not to hear it: the connection is cut instead. */
  dropped?: true;
}>;

/** JSON as API Gateway answers it by itself. */
export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** Path and query of a target; the query without its `?`. */
export const split = (target: string): Readonly<{ path: string; query: string }> => {
  const at = target.indexOf('?');
  return at === -1 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
};
