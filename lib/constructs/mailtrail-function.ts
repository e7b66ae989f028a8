import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLING } from './bundling.ts';
import { FUNCTION_FOLDERS, type FunctionName } from './function-folders.ts';
import { metricsNamespace } from './metrics.ts';

const ROOT = join(import.meta.dirname, '../..');
/** In the package of the construct the functions are bundled already (scripts/pack-construct). */
const BUNDLES = join(ROOT, 'bundles');

/** What a function may be told. Its index.ts reads what it needs and refuses to start without. */
export type FunctionEnvironment = Readonly<{
  /** For functions that record emails or tell about them. */
  EMAIL_STATUS_TABLE?: string;
  /** Only for functions that suppress addresses or tell about them. */
  SUPPRESSIONS_TABLE?: string;
  /** Only for functions that count campaigns or tell about them. */
  CAMPAIGNS_TABLE?: string;
  /** For functions that erase people, or must not record what is told of those. */
  ERASURES_TABLE?: string;
  /** The queue of people to be erased. */
  ERASURE_QUEUE_URL?: string;
  /** The queue of addresses to mirror to SES's list. */
  MIRROR_QUEUE_URL?: string;
  /** Name of the event bus that changes are published to. */
  EVENT_BUS?: string;
  /** Milliseconds from one call of SES's suppression list to the next. */
  SES_CALL_INTERVAL?: string;
  /** What is sent, and what of it is left to be. */
  MAILINGS_TABLE?: string;
  /** The answers of a day's requests that send. */
  IDEMPOTENCY_TABLE?: string;
  /** The queue of emails of campaigns to send, and that of single messages. */
  EMAILS_QUEUE_URL?: string;
  MESSAGES_QUEUE_URL?: string;
  /** How much of SES's quota for 24 hours campaigns leave to single messages. */
  MESSAGE_QUOTA_PERCENT?: string;
  /** The queue of campaigns to do something about, for callers and for schedules. */
  CAMPAIGNS_QUEUE_URL?: string;
  CAMPAIGNS_QUEUE_ARN?: string;
  /** Where schedules of campaigns are kept, and the role that they act in. */
  SCHEDULE_GROUP?: string;
  SCHEDULE_ROLE_ARN?: string;
  /** What links in emails are signed with. */
  LINK_SECRET_ARN?: string;
  /** What emails are sent with, so that SES tells what happens to them. */
  CONFIGURATION_SET?: string;
  /** Where links in emails lead, without a slash at the end. */
  PUBLIC_URL?: string;
  /** Days until DynamoDB deletes what is recorded now. */
  RETENTION_DAYS?: string;
}>;

export interface MailtrailFunctionProps {
  readonly name: FunctionName;
  readonly environment: FunctionEnvironment;
  readonly timeout: Duration;
  /** MB, 512 by default; Lambda gives computing power by it, and 1,769 are one processor (Lambda guide, configuration-memory). */
  readonly memorySize?: number;
  readonly logRetention: RetentionDays;
  /** Reserved out of the account's concurrency; nothing is reserved by default. */
  readonly maxConcurrency: number | undefined;
}

/** One function of lambdas/ with its own role, which may write its own log and nothing else, and that log. */
export class MailtrailFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: MailtrailFunctionProps) {
    super(scope, id);
    // Deleted with the stack: logs hold codes, ids and counts, and what they tell of goes or stays with the tables.
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the role CDK would make: its managed policy may write every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);

    const options = {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      role,
      logGroup: this.logGroup,
      environment: {
        ...props.environment,
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
