/** Where an engine that is started here keeps its data and listens. */
export type EngineOptions = Readonly<{
  /** Folder to keep the data in; none is kept without one. */
  dataFolder?: string | undefined;
  /** Port on 127.0.0.1; a free one by default. */
  port?: number | undefined;
}>;

/** A DynamoDB that is answering. */
export type Engine = Readonly<{
  /** What to call it in front of people. */
  name: string;
  endpoint: string;
  /** Resolves when it has ended, asked or not, with how: to be read after "it". */
  ended: Promise<string>;
  stop: () => Promise<void>;
  /** What whoever starts it ought to know. */
  warning?: string;
}>;
