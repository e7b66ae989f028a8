import { readFileSync } from 'node:fs';
import { startStack } from '../../local/process/stack.ts';

/**
 * A local stack as a process of its own, to be killed: on a data folder, from a template that was synthesized before.
 * Prints where it listens; a signal ends it as it ends `npm start`.
 */
const [dataFolder, synthesisFile = '', rate] = process.argv.slice(2);
const { template, assets } = JSON.parse(readFileSync(synthesisFile, 'utf8'));
const stack = await startStack({
  ...{ port: 0, dataFolder, quiet: true, ses: { maxSendRate: Number(rate) } },
  synthesis: async () => ({ template, assets: new Map(assets), remove: () => {} }),
});
process.on('SIGTERM', async () => {
  await stack.stop();
  process.exit(0);
});
console.log(`listens on ${stack.url}`);
