import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '../engine/engine.ts';
import { ensureTables } from '../engine/tables.ts';
import { EventBuses } from '../events/event-buses.ts';
import { FunctionLog, type LogLine } from '../functions/function-log.ts';
import { LambdaFunction } from '../functions/lambda-function.ts';
import { HttpApi } from '../http/http-api.ts';
import { listen } from '../http/server.ts';
import { services } from '../http/services.ts';
import { settle, wireMessaging } from '../messaging/messaging.ts';
import type { Delay } from '../messaging/queue.ts';
import { runRules } from '../rules/rules.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import { createSecrets } from '../secrets/secrets.ts';
import type { SesSettings } from '../ses/settings.ts';
import { simulateSes } from '../simulate-ses.ts';
import { wireStreams } from '../streams/streams.ts';
import { type Blueprint, readBlueprint } from '../template/blueprint.ts';
import { type Synthesis, synthesize } from '../template/synthesis.ts';
import { occupy } from './data-folder.ts';
import { localDynamoDB } from './local-dynamodb.ts';

export type StackOptions = Readonly<{
  /** Port on 127.0.0.1; 0 for any free one. */
  port: number;
  /** Folder for the tables and queues; in memory without one. */
  dataFolder?: string | undefined;
  /** `native`, `java` or the address of a running DynamoDB; by default native if available, else java. */
  engine?: string | undefined;
  /** Port on 127.0.0.1 that DynamoDB listens on; a free one by default. */
  enginePort?: number | undefined;
  /** Says nothing while it starts. */
  quiet?: boolean;
  /** Called with each line a function logs. */
  onLog?: (line: LogLine) => void;
  /** How many records a stream's shard holds before it is closed; by default as `streams/shards.ts` sets it. */
  shardLength?: number;
  /** How long messages are delayed; as long as in SQS by default. */
  delay?: Delay;
  /** Initial settings of the simulated SES that differ from the defaults. */
  ses?: Partial<SesSettings>;
  /** What to build instead of this project's stack. */
  synthesis?: () => Promise<Synthesis>;
}>;

/** A running local stack. */
export type Stack = Readonly<{
  url: string;
  dynamodbEndpoint: string;
  /** Names of the tables in the engine. */
  tables: Readonly<typeof TABLES>;
  /** The name of the DynamoDB engine. */
  engine: string;
  blueprint: Blueprint;
  /** The last lines that the functions logged. */
  log: () => readonly LogLine[];
  /** Resolves with the reason if the stack breaks down by itself. */
  broken: Promise<string>;
  /**
   * Ends everything. Resolves with how many messages were in progress: lost, or kept in the data folder for the next
   * start.
   */
  stop: () => Promise<number>;
}>;

/** The names of the project's tables in the local stack. */
const TABLES = {
  EmailStatus: 'EmailStatus',
  Suppressions: 'Suppressions',
  Campaigns: 'Campaigns',
  Erasures: 'Erasures',
  Mailings: 'Mailings',
  Idempotency: 'Idempotency',
};

/** Milliseconds that messages in progress get to be recorded, if records outlive the stack. */
const FAREWELL = 5_000;

/** Milliseconds that calls in progress then get: a batch of emails at a low rate takes some seconds. */
const FINISH = 15_000;

/**
 * Starts the whole stack in this process: synthesizes it, starts an engine, creates the tables, and connects what the
 * template connects. What the template does not connect is not connected here either.
 *
 * @throws CannotStart if the port is taken, the engine is missing or the template is broken
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const say = (line: string) => options.quiet || console.log(line);
  const { dataFolder } = options;
  const undo: (() => unknown)[] = [];
  const stopAll = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    // Before everything slow: a taken port should be reported at once.
    const server = await listen(options.port);
    undo.push(server.close);
    if (dataFolder !== undefined) undo.push(occupy(dataFolder));

    say('starting DynamoDB …');
    const engine = await startEngine({ engine: options.engine, dataFolder, port: options.enginePort });
    undo.push(engine.stop);
    if (engine.warning !== undefined) console.error(`mailtrail: ${engine.warning}`);

    say('synthesizing the stack …');
    const synthesis = await (options.synthesis ?? synthesize)();
    undo.push(synthesis.remove);
    const blueprint = readBlueprint(synthesis.template, synthesis.assets);

    say(`creating the tables (${blueprint.tables.map(({ name }) => name).join(', ')}) …`);
    const client = localDynamoDB(engine.endpoint);
    const streamed = new Set(blueprint.streamMappings.map(({ table }) => table));
    await ensureTables(client, blueprint.tables, streamed).finally(() => client.destroy());

    const log = new FunctionLog(options.onLog);
    const endpoints = { dynamodb: engine.endpoint, others: server.url };
    const functions = new Map(
      blueprint.functions.map((one) => [one.arn, new LambdaFunction(one, endpoints, log)] as const),
    );
    undo.push(() => Promise.all([...functions.values()].map((one) => one.stop())));
    const messaging = wireMessaging(blueprint, functions, { delay: options.delay, dataFolder });
    undo.push(messaging.stop);
    const ses = simulateSes(blueprint, messaging.topics, dataFolder, options.ses);
    undo.push(ses.stop);

    const scheduler = new Scheduler({ groups: blueprint.scheduleGroups, queues: messaging.queues, dataFolder });
    const secrets = createSecrets(blueprint.secrets, dataFolder);

    const [api] = blueprint.apis.map((one) => new HttpApi(one, functions));
    const streams = await wireStreams(blueprint, {
      endpoint: engine.endpoint,
      functions,
      queues: messaging.queues,
      dataFolder,
      shardLength: options.shardLength,
    });
    undo.push(streams.stop);
    const rules = runRules(blueprint.rules, functions);
    undo.push(rules.stop);
    const settled = () => settle(messaging, { pending: () => ses.pending() + rules.pending() }, streams);
    const topics = { all: messaging.topics, destinations: blueprint.eventDestinations };
    const eventBuses = new EventBuses(blueprint.eventBuses);
    const wired = { queues: [...messaging.queues.values()], functions: [...functions.values()], eventBuses };
    const tables = { endpoint: engine.endpoint, tables: TABLES };
    const { deadLetters, deadLetterQueues, redrive } = messaging;
    const dead = { deadLetters, deadLetterQueues, redrive };
    const local = { topics, tables, ses, scheduler, ...wired, ...dead, settle: settled };
    server.serve(services({ api, ses, scheduler, secrets, local }));
    // Last: messages of an earlier stack and missed schedules may run at once.
    messaging.resume();
    ses.resume();
    scheduler.start();
    undo.push(() => scheduler.stop());

    return {
      url: server.url,
      dynamodbEndpoint: engine.endpoint,
      tables: TABLES,
      engine: engine.name,
      blueprint,
      log: () => log.lines,
      broken: engine.ended.then((how) => `DynamoDB (${engine.name}) is no longer running: it ${how}.`),
      stop: async () => {
        const lasting = dataFolder !== undefined || engine.name === engine.endpoint;
        // The engine itself may have ended.
        const atMost = (patience: number, work: Promise<unknown>) =>
          Promise.race([work.catch(() => {}), pause(patience, undefined, { ref: false })]);
        if (lasting) await atMost(FAREWELL, settled());
        // An email that was claimed but never passed to SES would have an unknown outcome.
        if (lasting) await atMost(FINISH, messaging.finish());
        const left = messaging.pending() + ses.pending() + streams.pending();
        await stopAll();
        return left;
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
};
