/** What a worker thread is given to run a function. */
export type RuntimeData = Readonly<{
  bundle: string;
  handler: string;
  functionName: string;
  functionArn: string;
  /** Megabytes. */
  memory: number;
}>;

/** One call, to the worker. */
export type Call = Readonly<{
  /** JSON, as Lambda passes it: what does not survive JSON does not reach a function. */
  event: string;
  requestId: string;
  /** Milliseconds since 1970 at which it is ended. */
  deadline: number;
}>;

/** From the worker: it is ready for calls, or what came of one. */
export type Report =
  | Readonly<{ ready: true }>
  | Readonly<{ result: string | undefined }>
  | Readonly<{ errorType: string; errorMessage: string; stack: string }>;
