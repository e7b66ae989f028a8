import { devNull } from 'node:os';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { FunctionBlueprint } from '../template/functions.ts';

/** The local endpoints of the AWS services a function may call. */
export type Endpoints = Readonly<{
  dynamodb: string;
  /** The endpoint of every other service, SES included: no request may reach AWS by mistake. */
  others: string;
}>;

/**
 * A function's complete environment: the variables from the template, and those that Lambda adds (Lambda guide,
 * configuration-envvars-runtime). Nothing from this process's environment, and no AWS profile.
 */
export const environmentOf = (
  { name, handler, memory, bundle, environment }: FunctionBlueprint,
  { dynamodb, others }: Endpoints,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, value.replaceAll(AN_API, others)])),
  // The simulated SES has no quota on these calls; waiting a second for each of hundreds of addresses is not needed
  // here.
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

/** An HTTP API's URL on AWS: links that functions make with it must lead here. */
const AN_API = new RegExp(`https://[\\w-]+\\.execute-api\\.${LOCAL_REGION}\\.amazonaws\\.com`, 'g');
