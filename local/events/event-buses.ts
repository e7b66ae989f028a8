import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';

/** An event as the target of a rule receives it (EventBridge guide, Events), and the bus it was put on. */
export type BusEvent = Readonly<{
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, to the second. */
  time: string;
  region: string;
  resources: readonly string[];
  detail: unknown;
}>;

/** An entry of a PutEvents request; only the fields read here. */
export type Entry = Readonly<{
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Resources?: readonly string[];
}>;

export type Outcome = Readonly<{ EventId: string }> | Readonly<{ ErrorCode: string; ErrorMessage: string }>;

/** How many events are kept; a limit, so that a running stack does not grow without end. */
export const MOST_KEPT = 1_000;

/** The stack's event buses. The template has no rules for them, so events are kept for inspection. */
export class EventBuses {
  readonly #names: ReadonlySet<string>;
  #kept: BusEvent[] = [];

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Newest first. */
  get events(): readonly BusEvent[] {
    return this.#kept.toReversed();
  }

  put({ Source, DetailType, Detail, Resources = [] }: Entry): Outcome {
    if (!Source || !DetailType) return refused('InvalidArgument', 'Source and DetailType are needed.');
    const detail = parsed(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const id = randomUUID();
    this.#kept.push({
      ...{ version: '0', id, 'detail-type': DetailType, source: Source },
      ...{ account: LOCAL_ACCOUNT, time: `${new Date().toISOString().slice(0, 19)}Z`, region: LOCAL_REGION },
      ...{ resources: Resources, detail },
    });
    if (this.#kept.length > MOST_KEPT) this.#kept = this.#kept.slice(-MOST_KEPT);
    return { EventId: id };
  }
}

const refused = (ErrorCode: string, ErrorMessage: string): Outcome => ({ ErrorCode, ErrorMessage });

const parsed = (text: string | undefined): object | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
