import { devNull } from 'node:os';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { FunctionBlueprint } from '../template/functions.ts';

/** Where the AWS services a function may call are on this machine. */
export type Endpoints = Readonly<{
  dynamodb: string;
  /** Everything else, SES included: nothing may reach AWS by mistake. */
  others: string;
}>;

/**
 * All of a function's environment: what the template gives it, and what Lambda adds (Lambda guide,
 * configuration-envvars-runtime). Nothing of this process's own, and no AWS profile of the person's.
 */
export const environmentOf = (
  { name, handler, memory, bundle, environment }: FunctionBlueprint,
  { dynamodb, others }: Endpoints,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, value.replaceAll(AN_API, others)])),
  // The simulated SES has no quota, and nobody wants to wait here for hundreds of addresses, one a second.
  ...('SES_CALL_INTERVAL' in environment && { SES_CALL_INTERVAL: '20' }),
  _HANDLER: handler,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_REGION: LOCAL_REGION,
  AWS_DEFAULT_REGION: LOCAL_REGION,
  AWS_ENDPOINT_URL: others,
  AWS_ENDPOINT_URL_SESV2: others,
  AWS_ENDPOINT_URL_SQS: others,
  AWS_ENDPOINT_URL_SCHEDULER: others,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: others,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: bundle,
});

/** An HTTP API as it is reached on AWS: links that functions make of it must lead here. */
const AN_API = new RegExp(`https://[\\w-]+\\.execute-api\\.${LOCAL_REGION}\\.amazonaws\\.com`, 'g');
