/** Where an engine that is started here keeps its data and listens. */
export type EngineOptions = Readonly<{
  /** Folder to keep the data in; none is kept without one. */
  dataFolder?: string | undefined;
  /** Port on 127.0.0.1; a free one by default. */
  port?: number | undefined;
}>;

/** A DynamoDB that is answering. */
export type Engine = Readonly<{
  /** Its name in messages. */
  name: string;
  endpoint: string;
  /** Resolves when it has ended, on purpose or not, with the reason; reads on from "it". */
  ended: Promise<string>;
  stop: () => Promise<void>;
  /** A warning for the person who starts it. */
  warning?: string;
}>;
