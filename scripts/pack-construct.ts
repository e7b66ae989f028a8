import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildPackage, PACKAGE } from './pack-construct/build-package.ts';

const HELP = `Packs the CDK construct Mailtrail as an npm package, ${PACKAGE}-VERSION.tgz, in this folder.

  npm run pack-construct              builds it in build/${PACKAGE} and packs it
  npm run pack-construct -- --help    this text

Exit code: 0 packed, 1 not built or not packed, 2 wrong usage.
`;

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (words.length > 0) {
  console.error(`pack-construct: takes no argument such as "${words[0]}". See --help.`);
  process.exit(2);
}
const folder = join(import.meta.dirname, '../build', PACKAGE);
try {
  console.error('compiling, and bundling the functions …');
  await buildPackage(folder);
} catch (error) {
  console.error(`pack-construct: ${(error as Error).message}`);
  process.exit(1);
}
const { status } = spawnSync('npm', ['pack', folder, '--ignore-scripts'], { stdio: 'inherit' });
process.exit(status ?? 1);
