import { AwsV4Signer } from 'aws4fetch';

/** Keys of AWS, as its SDKs name them. */
export type Credentials = Readonly<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}>;

export type SigV4Options = Readonly<{
  /** The region of the stack. */
  region: string;
  /** A function, such as a credential provider of AWS's SDK, is asked for each request. */
  credentials: Credentials | (() => Credentials | Promise<Credentials>);
}>;

/**
 * Signs requests with IAM credentials, as `sign` of `createMailtrail`.
 *
 * In what is signed, API Gateway expects the path encoded once more than it is sent: `%40` becomes `%2540` (IAM guide,
 * "Create a signed AWS API request": each segment is encoded twice, but for S3).
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
