import { onTestFinished } from 'vitest';
import { type StackOptions, startStack } from '../../local/process/stack.ts';
import { bundleOf } from './bundle.ts';
import { smallTemplate } from './small-template.ts';

/** Fails on a body that contains "poison", throws on one that contains "throw", and logs a code as the reason. */
const CODE = `
export const record = async ({ Records }) => {
  if (Records.some(({ body }) => body.includes('throw'))) throw new RangeError(Records[0].body);
  const failed = Records.filter(({ body }) => body.includes('poison'));
  for (const { messageId } of failed) console.log(JSON.stringify({ level: 'WARN', code: 'not_json', record: messageId }));
  if (Records.some(({ body }) => body.includes('slow'))) await new Promise((resolve) => setTimeout(resolve, 300));
  for (const { body } of Records) console.log('recorded ' + body);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
export const query = async ({ pathParameters }) => ({ asked: pathParameters });`;

/** The options of a stack with the small template. */
export const smallStack = (
  options: Partial<StackOptions> = {},
  change?: Parameters<typeof smallTemplate>[1],
): StackOptions => {
  const bundle = bundleOf(CODE);
  const synthesis = async () => ({
    template: smallTemplate('key.zip', change),
    assets: new Map([['key.zip', bundle]]),
    remove: () => {},
  });
  return { port: 0, quiet: true, synthesis, ...options };
};

/** Starts a stack with the small template; it ends with the test at the latest. */
export const startSmallStack = async (...given: Parameters<typeof smallStack>) => {
  const stack = await startStack(smallStack(...given));
  onTestFinished(async () => {
    await stack.stop();
  });
  const call = async (method: string, path: string, body?: BodyInit) => {
    const answer = await fetch(stack.url + path, { method, ...(body !== undefined && { body }) });
    // biome-ignore lint/suspicious/noExplicitAny: tests read a response at any depth.
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
  };
  return { ...stack, call };
};

type BodyInit = string | Uint8Array<ArrayBuffer>;
