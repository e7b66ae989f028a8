/**
 * What `npm run test:fast` leaves out, by path, with the reason. Everything else takes part, on one DynamoDB engine.
 * `npm test` and continuous integration run all of it.
 *
 * Chosen by what Vitest's JSON reporter measured, a folder at a time. Where a file becomes faster, take it out.
 */
export const SLOW_TESTS: Readonly<Record<string, string>> = {
  'test/end-to-end/**': 'whole stacks: synthesis, bundles of all functions, an engine and simulated services each',
  'test/public-links/unsubscribe-browser.test.ts': 'a Chromium',
  'test/budgets/bundles*.test.ts': 'bundles every function',
  'test/budgets/counter-writes.test.ts': 'thousands of writes',
  'test/budgets/send-units.test.ts': 'thousands of writes',
  'test/budgets/write-units.test.ts': 'thousands of writes',
  'test/client/packed.test.ts': 'builds and packs the client, and compiles programs that use it with two compilers',
  'test/erasure/faults.test.ts': 'loses each request of an erasure in turn',
  'test/lib/context.test.ts': 'synthesizes the stack once for each setting',
  'test/lib/logical-ids.test.ts': 'synthesizes the stack with every setting, and without',
  'test/lib/nag.test.ts': 'every rule of cdk-nag on several stacks',
  'test/local/engine/engine.test.ts': 'starts engines again and again',
  'test/local/functions/function.test.ts': 'waits for functions that time out',
  'test/local/process/kill.test.ts': 'starts and kills processes',
  'test/local/process/stack.test.ts': 'starts stacks',
  'test/local/process/start.test.ts': 'runs npm start as a process',
  'test/local/scheduler/schedules.test.ts': 'waits for times to come',
  'test/local/ses/demo.test.ts': 'runs the demo',
  'test/local/ses/demo-waits.test.ts': 'waits for a stack that is late',
  'test/local/ses/replay.test.ts': 'runs npm run replay as a process',
  'test/query-api/list-by-day.test.ts': 'a property: every page, filter and window of many emails',
  'test/query-api/mailings.test.ts': 'every status of emails of mailings, in every list and filter',
  'test/recording/record-batch.test.ts': 'properties: any order, batches and repeats of events, any request lost',
  'test/recording/remote-reports.test.ts': 'properties: any report of a remote server',
  'test/recording/soft-bounce-rows.test.ts': 'properties: any order and batches of bounces',
  'test/store/emails/recorded-before.test.ts': 'properties: an open or click that comes again, in any row',
};
