import { readFileSync } from 'node:fs';
import { startStack } from '../../local/process/stack.ts';

/**
 * A local stack in a separate process, to be killed: on a data folder, from a previously synthesized template. Prints
 * its URL; a signal ends it as it ends `npm start`.
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
