// The CDK command line of this project, with one check: for `-c trial` without a value CDK only warns and ignores the
// setting, and a stack without it may be one that can no longer be deleted.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const given = process.argv.slice(2);
const withoutValue = given.find(
  (argument, index) => /^(-c|--context)$/.test(given[index - 1] ?? '') && !/^[^=]+=/.test(argument),
);
if (withoutValue !== undefined) {
  console.error(`mailtrail: "-c ${withoutValue}" has no value: write -c ${withoutValue}=VALUE, such as -c trial=true.`);
  process.exit(2);
}
const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
const child = spawn(process.execPath, [cdk, ...given], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
