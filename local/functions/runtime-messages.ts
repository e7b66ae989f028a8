/** What a worker thread needs to run a function. */
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
  /** JSON, as Lambda passes it: values that JSON cannot represent do not reach a function. */
  event: string;
  requestId: string;
  /** Deadline, in milliseconds since 1970. */
  deadline: number;
}>;

/** From the worker: it is ready for calls, or the result of one. */
export type Report =
  | Readonly<{ ready: true }>
  | Readonly<{ result: string | undefined }>
  | Readonly<{ errorType: string; errorMessage: string; stack: string }>;
