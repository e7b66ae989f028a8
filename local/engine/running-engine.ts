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
