import { AwsV4Signer } from 'aws4fetch';

/** AWS credentials, with the field names of the AWS SDKs. */
export type Credentials = Readonly<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}>;

export type SigV4Options = Readonly<{
  /** The region of the stack. */
  region: string;
  /** A function, such as a credential provider of the AWS SDK, is called for each request. */
  credentials: Credentials | (() => Credentials | Promise<Credentials>);
}>;

/**
 * Signs requests with IAM credentials, as `sign` of `createMailtrail`.
 *
 * For the signature, API Gateway expects the path encoded once more than it is sent: `%40` becomes `%2540` (IAM guide,
 * "Create a signed AWS API request": each segment is encoded twice, except for S3).
 */
export const sigV4 =
  ({ region, credentials }: SigV4Options) =>
  async (request: Request): Promise<Request> => {
    const { accessKeyId, secretAccessKey, sessionToken } =
      typeof credentials === 'function' ? await credentials() : credentials;
    const { method, url, headers } = request;
    const signer = new AwsV4Signer({
      ...{ method, url, headers, body: await request.clone().arrayBuffer() },
      ...{ accessKeyId, secretAccessKey, service: 'execute-api', region },
      ...(sessionToken !== undefined && { sessionToken }),
    });
    return new Request(request, { headers: (await signer.sign()).headers });
  };
