import { App } from 'aws-cdk-lib';
import cdkJson from '../cdk.json' with { type: 'json' };
import { MailtrailStack } from './mailtrail-stack.ts';
import { readSettings } from './settings/settings.ts';

export type MailtrailAppProps = Readonly<{
  /** Context on top of cdk.json's, as `-c NAME=VALUE` would give it. */
  context?: Readonly<Record<string, unknown>>;
  /** Where `synth()` writes; by default where the CDK command line says, else a temporary folder. */
  outdir?: string;
}>;

/**
 * The CDK app with its one stack, not synthesized yet: `createApp().synth()` does that in this process, without AWS
 * credentials, Docker or network.
 *
 * @throws SettingsError where a context value is not usable
 */
export const createApp = ({ context = {}, outdir }: MailtrailAppProps = {}): App => {
  // The command line hands cdk.json's context to the app by itself; whoever synthesizes in-process must get the same.
  const app = new App({ context: { ...cdkJson.context, ...context }, ...(outdir !== undefined && { outdir }) });
  const settings = readSettings(app.node.getAllContext());
  new MailtrailStack(app, settings.stackName, { settings });
  return app;
};
