/** A DynamoDB that responds to requests. */
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
