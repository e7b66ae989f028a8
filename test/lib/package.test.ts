import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, PACKAGE } from '../../scripts/pack-construct/build-package.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(command, [...args], { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

/** The package as `npm pack` makes it, in the node_modules of an empty CDK app that has the peers and nothing else of ours. */
describe('the packed construct, in an empty CDK app', () => {
  let app: string;
  let files: readonly string[];
  beforeAll(async () => {
    app = mkdtempSync(join(tmpdir(), 'mailtrail-app-'));
    const built = join(app, 'built');
    await buildPackage(built);
    const packed = run('npm', ['pack', built, '--ignore-scripts', '--silent', `--pack-destination=${app}`], app);
    if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.output}`);
    const tarball = join(app, packed.output.trim().split('\n').at(-1) ?? '');
    files = run('tar', ['-tzf', tarball], app).output.trim().split('\n');
    const home = join(app, 'node_modules', PACKAGE);
    mkdirSync(home, { recursive: true });
    run('tar', ['-xzf', tarball, '--strip-components=1', '-C', home], app);
    rmSync(built, { recursive: true });
    // What npm would fetch as peers.
    for (const peer of ['aws-cdk-lib', 'constructs'])
      symlinkSync(join(ROOT, 'node_modules', peer), join(app, 'node_modules', peer));
  }, 180_000);
  afterAll(() => rmSync(app, { recursive: true, force: true }));

  const SOURCE = `
const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Club');
const mailtrail = new Mailtrail(stack, 'Mailtrail', { sendRate: 14, alarmEmail: 'office@club.example' });
if (!mailtrail.apiUrl) throw new Error('no URL');
app.synth();`;

  it.each([
    ['index.mjs', `import { App, Stack } from 'aws-cdk-lib';\nimport { Mailtrail } from '${PACKAGE}';${SOURCE}`],
    [
      'index.cjs',
      `const { App, Stack } = require('aws-cdk-lib');\nconst { Mailtrail } = require('${PACKAGE}');${SOURCE}`,
    ],
  ])('synthesizes from %s, with its functions and without esbuild', (file, source) => {
    writeFileSync(join(app, file), source);
    rmSync(join(app, 'cdk.out'), { recursive: true, force: true });
    const { status, output } = run(process.execPath, [file], app);
    expect([status, output]).toEqual([0, expect.not.stringContaining('rror')]);

    const template = JSON.parse(readFileSync(join(app, 'cdk.out/Club.template.json'), 'utf8'));
    const functions = Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(
      template.Resources,
    ).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(20);
    for (const { Properties } of functions) {
      const asset = join(app, `cdk.out/asset.${Properties.Code.S3Key.replace(/\.zip$/, '')}`);
      expect(readFileSync(join(asset, 'index.mjs'), 'utf8').length).toBeGreaterThan(10_000);
    }
  });

  it('has types that an app compiles against', () => {
    writeFileSync(
      join(app, 'index.ts'),
      `import { Stack } from 'aws-cdk-lib';
import { Mailtrail, type MailtrailProps } from '${PACKAGE}';
const props: MailtrailProps = { sendRate: 14 };
export const url: string = new Mailtrail(new Stack(), 'Mailtrail', props).apiUrl;
// @ts-expect-error: no such property
new Mailtrail(new Stack(), 'Other', { sendrate: 14 });`,
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];

    expect(run(process.execPath, [tsc, ...options, 'index.ts'], app).output).toBe('');
  });

  it('holds what it needs and no sources or tests', () => {
    expect(files).toContain('package/bundles/record-bounce/index.mjs');
    expect(files).toContain('package/lib/index.d.ts');
    expect(files.filter((file) => /(^|\/)test\/|\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(app, 'node_modules', PACKAGE, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  });
});
