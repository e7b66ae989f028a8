/** A request as received. */
export type Request = Readonly<{
  method: string;
  /** Path and query as sent, not decoded. */
  target: string;
  /** Lower-case names, repeats joined by commas. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
  protocol: string;
  /** The response's request id header. */
  requestId: string;
}>;

export type Answer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string | readonly string[]>>;
  body: string | Buffer;
  /** No response is sent: the connection is closed instead. */
  dropped?: true;
}>;

/** JSON as API Gateway itself sends it. */
export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** Splits a request target into path and query; the query has no `?`. */
export const split = (target: string): Readonly<{ path: string; query: string }> => {
  const at = target.indexOf('?');
  return at === -1 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
};
