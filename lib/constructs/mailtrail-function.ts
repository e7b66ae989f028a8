import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLING } from './bundling.ts';
import type { EnvironmentOf } from './function-environments.ts';
import { FUNCTION_FOLDERS, type FunctionName } from './function-folders.ts';
import { metricsNamespace } from './metrics.ts';

const ROOT = join(import.meta.dirname, '../..');
/** In the package of the construct the functions are bundled already (scripts/pack-construct). */
const BUNDLES = join(ROOT, 'bundles');

export interface MailtrailFunctionProps<Name extends FunctionName> {
  readonly name: Name;
  /** Exactly the variables that the function reads. */
  readonly environment: EnvironmentOf<Name>;
  readonly timeout: Duration;
  /** MB, 512 by default; Lambda gives computing power by it, and 1,769 are one processor (Lambda guide, configuration-memory). */
  readonly memorySize?: number;
  readonly logRetention: RetentionDays;
  /** Reserved out of the account's concurrency; nothing is reserved by default. */
  readonly maxConcurrency: number | undefined;
}

/** One function of lambdas/ with its own role, which may write its own log and nothing else, and that log. */
export class MailtrailFunction<Name extends FunctionName = FunctionName> extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: MailtrailFunctionProps<Name>) {
    super(scope, id);
    // Deleted with the stack: logs hold codes, ids and counts, and what they tell of goes or stays with the tables.
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the role CDK would make: its managed policy may write every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);

    const own: Readonly<Record<string, string>> = props.environment;
    const options = {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      role,
      logGroup: this.logGroup,
      environment: {
        ...own,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(this),
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
      ...(props.maxConcurrency !== undefined && { reservedConcurrentExecutions: props.maxConcurrency }),
    };
    this.function = existsSync(BUNDLES)
      ? new LambdaFunction(this, 'Function', {
          ...options,
          code: Code.fromAsset(join(BUNDLES, props.name)),
          handler: 'index.handler',
        })
      : new NodejsFunction(this, 'Function', {
          ...options,
          entry: join(ROOT, 'lambdas', FUNCTION_FOLDERS[props.name], 'index.ts'),
          projectRoot: ROOT,
          depsLockFilePath: join(ROOT, 'package-lock.json'),
          bundling: BUNDLING,
          // CDK sets a variable by default that only SDK 2 reads.
          awsSdkConnectionReuse: false,
        });
  }
}
