/**
 * The caller of a request. With a token, its subject, or the client it was issued to; with IAM, the role or user
 * without the session name, which differs in a role's next session; without authentication, as on the local stack, one
 * fixed name.
 */
export const callerOf = (context: object): string => {
  const { authorizer } = context as Authorized;
  const { sub, client_id: program } = authorizer?.jwt?.claims ?? {};
  const identity = sub ?? program ?? authorizer?.iam?.userId?.split(':')[0];
  return identity === undefined ? 'anybody' : String(identity);
};

/** What API Gateway passes about a caller (API Gateway guide, http-api-develop-integrations-lambda). */
type Authorized = Readonly<{
  authorizer?: Readonly<{
    jwt?: Readonly<{ claims?: Readonly<Record<string, unknown>> }>;
    iam?: Readonly<{ userId?: string }>;
  }>;
}>;
